using System.Globalization;
using Data.Text;
using Trainers;

namespace Data.Importers;

/// <summary>The columns of a delimited file, found by name or by number.</summary>
internal sealed class DelimitedColumns
{
    private readonly SourceFile file;
    private readonly string[]? names;

    private DelimitedColumns(SourceFile file, int count, string[]? names) => (this.file, Count, this.names) = (file, count, names);

    public int Count { get; }

    public static DelimitedColumns Of(SourceFile file, RecordFormat format, bool header) => SourceFile.Guard(file.Path, () =>
    {
        using var reader = new RecordReader(file.Open(), format);
        if (!reader.Read())
            throw new UserErrorException("the file is empty: expected rows of columns", file.Path);
        if (reader.Problem is { } problem)
            throw new UserErrorException(problem, file.Path, reader.Line);
        return new DelimitedColumns(file, reader.Count, header ? [.. Enumerable.Range(0, reader.Count).Select(i => reader.Text(i).Trim())] : null);
    });

    public int Find(string column) => TryFind(column) is { } found ? found : throw new UserErrorException(
        names is null ? $"there is no column {column}: without a header, columns are numbered 1 to {Count}" : $"there is no column \"{column}\": the header has {this}",
        file.Path,
        1);

    public int? TryFind(string column)
    {
        int named = names is null ? -1 : Array.FindIndex(names, name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase));
        if (named >= 0)
            return named;
        return int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= Count ? number - 1 : null;
    }

    public override string ToString() => names is null ? $"{Count} columns" : string.Join(',', names);
}
