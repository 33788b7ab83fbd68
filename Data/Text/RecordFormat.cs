namespace Data.Text;

/// <summary>How a file divides records into fields.</summary>
/// <param name="Delimiter">between fields</param>
/// <param name="Doubled">the delimiter is two such bytes, as the <c>::</c> of MovieLens-1M</param>
/// <param name="Quotes">fields may be quoted as in RFC 4180: a quote inside is doubled, line ends may be inside</param>
/// <param name="Latin1">text is ISO 8859-1, else UTF-8, which is checked</param>
internal readonly record struct RecordFormat(byte Delimiter, bool Doubled = false, bool Quotes = false, bool Latin1 = false)
{
    public static RecordFormat Csv => new((byte)',', Quotes: true);

    public static RecordFormat Tabs => new((byte)'\t');

    public static RecordFormat Colons => new((byte)':', Doubled: true);

    public static RecordFormat Pipes => new((byte)'|');
}
