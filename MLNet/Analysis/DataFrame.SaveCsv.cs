using System.Globalization;
using System.Text;

namespace Microsoft.Data.Analysis;

public partial class DataFrame
{
    /// <summary>Writes a file of separated values.</summary>
    /// <param name="dataFrame">The frame; null writes nothing.</param>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="separator">Between values.</param>
    /// <param name="header">Whether the first line has the columns' names.</param>
    /// <param name="encoding">ASCII if null: give UTF-8 for texts beyond it.</param>
    /// <param name="cultureInfo">The current culture if null: give the invariant one for files that others read.</param>
    public static void SaveCsv(
        DataFrame dataFrame, string path, char separator = ',', bool header = true, Encoding? encoding = null, CultureInfo? cultureInfo = null)
    {
        using FileStream stream = new(path, FileMode.Create);
        SaveCsv(dataFrame, stream, separator, header, encoding, cultureInfo);
    }

    /// <inheritdoc cref="SaveCsv(DataFrame, string, char, bool, Encoding, CultureInfo)"/>
    public static void SaveCsv(
        DataFrame dataFrame, Stream csvStream, char separator = ',', bool header = true, Encoding? encoding = null, CultureInfo? cultureInfo = null)
    {
        CultureInfo culture = cultureInfo ?? CultureInfo.CurrentCulture;
        if (culture.NumberFormat.NumberDecimalSeparator == separator.ToString())
            throw new ArgumentException($"'{separator}' is the culture's decimal separator: it cannot separate values.", nameof(separator));

        using var writer = new StreamWriter(csvStream, encoding ?? Encoding.ASCII, leaveOpen: true);
        if (dataFrame is null)
            return;

        if (header)
            writer.WriteLine(string.Join(separator, dataFrame.Columns.Select(column => Quoted(column.Name, separator))));
        foreach (DataFrameRow row in dataFrame.Rows)
            writer.WriteLine(string.Join(separator, row.Select(value => Written(value, separator, culture))));
    }

    private static string Written(object? value, char separator, CultureInfo culture) => value switch
    {
        null => "",
        string text => Quoted(text, separator),
        float number => number.ToString("G9", culture),
        double number => number.ToString("G17", culture),
        decimal number => number.ToString("G31", culture),
        IFormattable other => other.ToString(null, culture),
        _ => value.ToString() ?? "",
    };

    private static string Quoted(string text, char separator) =>
        text.AsSpan().IndexOfAny(separator, '\n', '"') < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
