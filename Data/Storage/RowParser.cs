using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Data.Text;

namespace Data.Storage;

/// <summary>Parses whole lines of interactions.csv from bytes, without making strings.</summary>
/// <param name="items">ids in the order of items.csv; read only, so several parsers may share it</param>
internal sealed class RowParser(NameTable items)
{
    /// <summary>The shortest row: <c>u,i,,</c> and a line end, less the timestamp that cannot be missing.</summary>
    public const int ShortestRow = 6;

    // Exact in a float, as are integers below 2^24: so their quotient is the correctly rounded decimal.
    private static readonly float[] PowersOfTen = [1, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f];

    /// <param name="text">whole lines; the last one may lack its end</param>
    /// <param name="goOn">false to stop at the first malformed line</param>
    public RowBlock Parse(ReadOnlySpan<byte> text, bool goOn)
    {
        var block = new RowBlock(text.Count((byte)'\n') + 1);
        ReadOnlySpan<byte> previous = default;
        int user = -1;
        while (!text.IsEmpty)
        {
            if (user >= 0 && TryPlain(text, previous, out int length, out int item, out float rating, out long time))
            {
                block.Add(user, item, rating, time);
                block.Lines++;
                text = text[length..];
                continue;
            }

            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (line.EndsWith("\r"u8))
                line = line[..^1];

            if (ParseLine(line, block, ref previous, ref user) is { } error)
            {
                block.Errors.Add((block.Lines, Utf8.IsValid(line) ? error : Utf8Text.Describe(line)));
                if (!goOn)
                    break;
            }

            block.Lines++;
        }

        return block;
    }

    /// <summary>
    /// Most rows are of the user before and have one or two digits of rating: those are read in one go. Anything else, right
    /// or wrong, is left to <see cref="ParseLine"/>.
    /// </summary>
    private bool TryPlain(ReadOnlySpan<byte> text, ReadOnlySpan<byte> user, out int length, out int item, out float rating, out long time)
    {
        (length, item, rating, time) = (0, -1, 0, 0);
        if (!text.StartsWith(user) || text.Length == user.Length || text[user.Length] != ',')
            return false;
        text = text[(user.Length + 1)..];
        int comma = text.IndexOf((byte)',');
        if (comma < 0 || text.Length < comma + 6)
            return false;
        item = items.Find(text[..comma]);
        text = text[(comma + 1)..];
        int whole = text[0] - '0';
        if (item < 0 || (uint)whole > 9)
            return false;

        int at = 2;
        if (text[1] == ',')
        {
            rating = whole;
        }
        else
        {
            int tenth = text[2] - '0';
            if (text[1] != '.' || (uint)tenth > 9 || text[3] != ',')
                return false;
            rating = ((10 * whole) + tenth) / 10f;
            at = 4;
        }

        int first = at;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
            time = (10 * time) + (text[at] - '0');
        length = user.Length + comma + at + 3;
        return at > first && at - first <= 18 && at < text.Length && text[at] == '\n';
    }

    /// <returns>What is wrong with the line, or null.</returns>
    private string? ParseLine(ReadOnlySpan<byte> line, RowBlock block, ref ReadOnlySpan<byte> previous, ref int user)
    {
        if (line.Contains((byte)'"'))
            return ParseQuoted(line, block);

        int comma = line.IndexOf((byte)',');
        if (comma < 0)
            return Columns(1);
        ReadOnlySpan<byte> name = line[..comma];
        ReadOnlySpan<byte> rest = line[(comma + 1)..];
        comma = rest.IndexOf((byte)',');
        if (comma < 0)
            return Columns(2);
        ReadOnlySpan<byte> item = rest[..comma];
        rest = rest[(comma + 1)..];
        comma = rest.IndexOf((byte)',');
        if (comma < 0)
            return Columns(3);

        if (Values(item, rest[..comma], rest[(comma + 1)..], out int itemNumber, out float rating, out long time) is { } error)
            return rest[(comma + 1)..].Contains((byte)',') ? Columns(4 + rest[(comma + 1)..].Count((byte)',')) : error;

        // Rows of one user mostly stand together.
        if (user < 0 || !name.SequenceEqual(previous))
        {
            if (UserNumber(name, block, out user) is { } wrong)
            {
                user = -1;
                return wrong;
            }

            previous = name;
        }

        block.Add(user, itemNumber, rating, time);
        return null;
    }

    private string? ParseQuoted(ReadOnlySpan<byte> line, RowBlock block)
    {
        byte[] text = line.ToArray();
        using var row = new RecordReader(text, 0, text.Length, RecordFormat.Csv);
        if (!row.Read() || row.Problem is not null)
            return row.Problem ?? Columns(0);
        if (row.Count != 4)
            return Columns(row.Count);
        if (Values(row[1], row[2], row[3], out int item, out float rating, out long time) is { } wrongValue)
            return wrongValue;
        if (UserNumber(row[0], block, out int user) is { } wrongUser)
            return wrongUser;
        block.Add(user, item, rating, time);
        return null;
    }

    private static string? UserNumber(ReadOnlySpan<byte> name, RowBlock block, out int user)
    {
        user = -1;
        if (name.IsEmpty)
            return "the row has no user";
        user = block.Names.FindOrAdd(name, out bool isNew);
        return isNew && !Utf8.IsValid(name) ? Utf8Text.Describe(name) : null;
    }

    private string? Values(
        ReadOnlySpan<byte> item, ReadOnlySpan<byte> rating, ReadOnlySpan<byte> time, out int itemNumber, out float ratingValue, out long timeValue)
    {
        (ratingValue, timeValue) = (float.NaN, 0);
        itemNumber = items.Find(item);
        if (itemNumber < 0)
            return $"the item `{Show(item)}` is not in {DatasetFiles.Items}";
        if (!TryRating(rating, out ratingValue))
            return $"the rating `{Show(rating)}` is not a number";
        if (!TryTime(time, out timeValue))
            return $"the timestamp `{Show(time)}` is not a whole number of seconds";
        return null;
    }

    private static string Columns(int count) => $"{count} columns instead of 4 ({InteractionsCsvWriter.Header})";

    private static string Show(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(field.Length <= 40 ? field : field[..40]);

    private static bool TryRating(ReadOnlySpan<byte> text, out float value)
    {
        value = float.NaN;
        if (text.IsEmpty)
            return true;

        (int digits, int point, int mantissa) = (0, -1, 0);
        int at = 0;
        for (; at < text.Length && at < 8; at++)
        {
            int c = text[at] - '0';
            if ((uint)c <= 9)
                (digits, mantissa) = (digits + 1, (10 * mantissa) + c);
            else if (text[at] == '.' && point < 0)
                point = digits;
            else
                break;
        }

        if (at == text.Length && digits > 0 && mantissa < 1 << 24 && point != 0 && point != digits)
        {
            value = point < 0 ? mantissa : mantissa / PowersOfTen[digits - point];
            return true;
        }

        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value)
            && !char.IsWhiteSpace((char)text[0]) && !char.IsWhiteSpace((char)text[^1]);
    }

    private static bool TryTime(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        bool negative = text is [(byte)'-', ..];
        ReadOnlySpan<byte> digits = negative ? text[1..] : text;
        if (digits.IsEmpty)
            return false;
        if (digits.Length > 18)
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && text[0] != '+';
        foreach (byte digit in digits)
        {
            if ((uint)(digit - '0') > 9)
                return false;
            value = (10 * value) + (digit - '0');
        }

        value = negative ? -value : value;
        return true;
    }
}
