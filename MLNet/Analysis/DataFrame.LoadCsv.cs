using System.Globalization;
using System.Text;

namespace Microsoft.Data.Analysis;

public partial class DataFrame
{
    /// <summary>Reads a file of separated values. Fields are trimmed; empty numbers and the word null are null.</summary>
    /// <param name="filename">The file.</param>
    /// <param name="separator">Between values.</param>
    /// <param name="header">Whether the first line has the columns' names.</param>
    /// <param name="columnNames">Names instead of the header's.</param>
    /// <param name="dataTypes">Types of the columns; guessed, if null, as truth, float, date or text.</param>
    /// <param name="numRows">How many rows at most; -1 for all.</param>
    /// <param name="guessRows">How many lines, the header included, types are guessed from.</param>
    /// <param name="addIndexColumn">Whether a first column has the rows' numbers.</param>
    /// <param name="encoding">UTF-8 if null.</param>
    /// <param name="renameDuplicatedColumns">Whether a name that is there already gets a number.</param>
    /// <param name="cultureInfo">The current culture if null.</param>
    public static DataFrame LoadCsv(
        string filename,
        char separator = ',',
        bool header = true,
        string[]? columnNames = null,
        Type[]? dataTypes = null,
        int numRows = -1,
        int guessRows = 10,
        bool addIndexColumn = false,
        Encoding? encoding = null,
        bool renameDuplicatedColumns = false,
        CultureInfo? cultureInfo = null)
    {
        if (dataTypes is null && guessRows <= 0)
            throw new ArgumentException("Types are neither given nor guessed.", nameof(guessRows));

        CultureInfo culture = cultureInfo ?? CultureInfo.CurrentCulture;
        using var reader = new StreamReader(filename, encoding ?? Encoding.UTF8);
        List<string[]> records = [.. CsvRecords.Read(reader, separator)];
        if (records.Count == 0)
            throw new FormatException($"{filename} is empty.");

        if (renameDuplicatedColumns)
            Rename(records[0]);
        string[]? names = columnNames ?? (header ? records[0] : null);
        List<string[]> rows = header ? records[1..] : records;
        if (numRows >= 0)
            rows = [.. rows.Take(numRows)];

        List<string[]> sample = [.. rows.Take(guessRows - (header ? 1 : 0))];
        int count = Math.Max(dataTypes?.Length ?? 0, sample.Select(row => row.Length).DefaultIfEmpty(0).Max());
        DataFrameColumn[] columns = [.. Enumerable.Range(0, count).Select(i =>
            NewColumn(dataTypes?[i] ?? Guess(sample, i, culture), NameOf(names, i)))];
        foreach (string[] row in rows)
            Append(columns, row, culture);

        return new(addIndexColumn
            ? columns.Prepend(new PrimitiveDataFrameColumn<long>("IndexColumn", Enumerable.Range(0, rows.Count).Select(row => (long)row)))
            : columns);
    }

    private static void Append(DataFrameColumn[] columns, string[] row, CultureInfo culture)
    {
        if (row.Length > columns.Length)
            throw new ArgumentException($"A row has {row.Length} values, but there are {columns.Length} columns: {string.Join(" | ", row)}", nameof(row));

        for (int i = 0; i < columns.Length; i++)
        {
            string? text = i < row.Length ? row[i] : null;
            bool isNull = text is null
                || text.Equals("null", StringComparison.OrdinalIgnoreCase)
                || (text.Length == 0 && columns[i].DataType != typeof(string));
            columns[i].AppendValue(isNull ? null : Convert.ChangeType(text, columns[i].DataType, culture));
        }
    }

    // What the sample agrees on; numbers win over truths and those over dates, text over all.
    private static Type Guess(List<string[]> sample, int column, CultureInfo culture)
    {
        Type[] order = [typeof(string), typeof(float), typeof(bool), typeof(DateTime)];
        IEnumerable<int> found = sample
            .Select(row => column < row.Length ? row[column] : throw new FormatException($"A row has no column {column}: {string.Join(" | ", row)}"))
            .Where(text => text.Length > 0 && !text.Equals("null", StringComparison.OrdinalIgnoreCase))
            .Select(text => bool.TryParse(text, out _) ? 2
                : float.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, culture, out _) ? 1
                : DateTime.TryParse(text, culture, out _) ? 3
                : 0);
        return order[found.DefaultIfEmpty(0).Min()];
    }

    private static string NameOf(string[]? names, int column) =>
        names is not null && column < names.Length && names[column].Length > 0 ? names[column] : $"Column{column}";

    private static void Rename(string[] names)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            int times = seen[names[i]] = seen.GetValueOrDefault(names[i]) + 1;
            if (times > 1)
                names[i] = $"{names[i]}.{times - 1}";
        }
    }

    private static DataFrameColumn NewColumn(Type type, string name)
    {
        if (type == typeof(string))
            return new StringDataFrameColumn(name);
        if (Type.GetTypeCode(type) is >= TypeCode.Boolean and <= TypeCode.DateTime)
            return (DataFrameColumn)Activator.CreateInstance(typeof(PrimitiveDataFrameColumn<>).MakeGenericType(type), name, 0L)!;
        throw new NotSupportedException($"A column of {type} is not read from text.");
    }
}
