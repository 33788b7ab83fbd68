using Data.Storage;
using Trainers;

namespace Data.Importers;

/// <summary>Reads a file of ratings into columns by several threads; what they find does not depend on how many they are.</summary>
/// <param name="layout">where the columns stand</param>
/// <param name="items">ids of the items; where no file lists them, those that the rows name are added in the order in which they come</param>
/// <param name="bad">what becomes of malformed rows</param>
/// <param name="threads">at most so many</param>
/// <param name="progress">told after each block</param>
/// <param name="cancellation">looked at before each block</param>
/// <param name="blockBytes">about so many a block, for tests</param>
internal sealed class RatingsReading(
    RatingsLayout layout,
    NameTable items,
    BadRows bad,
    int threads,
    IProgress<ImportProgress>? progress,
    CancellationToken cancellation,
    int blockBytes = TextBlocks.UsualBytes)
{
    /// <summary>Users' ids, numbered as they come.</summary>
    public NameTable Users { get; } = new();

    /// <exception cref="UserErrorException">A row is malformed and is not to be skipped, or there is no row at all.</exception>
    public RatingTable Read(SourceFile file) => SourceFile.Guard(file.Path, () =>
    {
        ListedItems? listed = layout.ItemsFile is null ? null : new ListedItems(items);
        var blocks = new RatingBlocks(layout, listed, bad.Skips, blockBytes);
        var columns = new RatingColumns();
        (long line, bool any) = (1, false);
        using (Stream stream = file.Open())
        {
            InOrder.Run(
                blocks.Divide(stream),
                threads,
                part => (Rows: blocks.Parse(part), part.Position),
                part =>
                {
                    using RowBlock rows = part.Rows;
                    any |= rows.Count > 0 || rows.Errors.Count > 0;
                    foreach ((int before, string problem) in rows.Errors)
                        bad.Add(problem, file.Path, line + before);
                    if (file.IsPlain && columns.Count == 0)
                        columns.Expect(RowsLike(rows.Count, part.Position, file.Length));
                    columns.Add(rows, NumbersOf(rows.Names, Users), listed is null ? NumbersOf(rows.ItemNames, items) : null, line);
                    line += rows.Lines;
                    progress?.Report(new ImportProgress(file.Path, part.Position, file.Length, columns.Count));
                },
                cancellation);
        }

        if (columns.Count == 0)
        {
            throw new UserErrorException(
                any ? $"every row of it is malformed: expected {layout.Expected}" : $"there are no ratings in it: expected rows of {layout.Expected}",
                file.Path);
        }

        RatingTable table = columns.ToTable();
        return layout.AllowRepeats ? table : RepeatedRatings.Remove(table, Users.Count, items.Count, columns.LineOf, file.Path, bad, threads);
    });

    /// <summary>How many rows a file will have if all of it is like its beginning: an eighth more, for rows become shorter as well as longer.</summary>
    private static long RowsLike(int rows, long bytes, long fileBytes) => (long)(rows * Math.Max(1, 1.125 * fileBytes / bytes));

    /// <summary>A block's numbers of names to the file's.</summary>
    private static int[] NumbersOf(NameTable ofBlock, NameTable ofFile)
    {
        var numbers = new int[ofBlock.Count];
        for (int name = 0; name < numbers.Length; name++)
            numbers[name] = ofFile.FindOrAdd(ofBlock[name], out _);
        return numbers;
    }
}
