using System.IO.Compression;
using System.Text;
using Data.Importers;
using Data.Text;
using Data.Storage;
using FsCheck;
using FsCheck.Fluent;
using Trainers;

namespace Tests.Data.Importers;

/// <summary>Blocks read by several threads give what one reader gives that goes through the file record by record.</summary>
public sealed class RatingsReadingTests
{
    private const string Path = "ratings.csv";

    [Fact]
    public void Blocks_of_any_size_by_any_number_of_threads_give_what_one_reader_gives() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            var random = new Random(seed);
            var ratings = new RandomRatings(seed);
            bool skip = random.Next(3) > 0;
            Outcome expected = InTurn(ratings, skip);
            for (int round = 0; round < 4; round++)
                Assert.Equal(expected, InBlocks(ratings, Memory(ratings.Content), skip, 1 + random.Next(4), 1 + random.Next(random.Next(2) == 0 ? 40 : 400)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    /// <summary>Plain rows are looked up hundreds at a time.</summary>
    [Fact]
    public void So_do_files_of_thousands_of_rows()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var ratings = new RandomRatings(seed, most: 4_000);
            bool skip = seed % 3 > 0;
            Outcome expected = InTurn(ratings, skip);
            foreach (int blockBytes in new[] { 700, 20_000, 1 << 20 })
                Assert.Equal((seed, expected), (seed, InBlocks(ratings, Memory(ratings.Content), skip, threads: 2, blockBytes)));
        }
    }

    [Fact]
    public void Long_runs_of_plain_rows_end_where_an_item_is_not_listed()
    {
        string[] rows = [.. Enumerable.Range(0, 3_000).Select(row => FormattableString.Invariant($"{1 + (row / 700)},{1 + (row % 700)},3.5,{978_300_760 + row}"))];
        var items = new NameTable();
        foreach (int item in Enumerable.Range(1, 700))
            items.FindOrAdd(Encoding.UTF8.GetBytes(item.ToString(System.Globalization.CultureInfo.InvariantCulture)), out _);
        var layout = new RatingsLayout(RecordFormat.Csv, 4, User: 0, Item: 1, Rating: 2, Time: 3, "rows") { MinRating = 0.5f, MaxRating = 5, NumericIds = true, ItemsFile = "movies.csv" };
        foreach (int unlisted in new[] { 0, 1, 510, 511, 512, 513, 1_023, 1_024, 1_025, 2_999 })
        {
            string[] changed = [.. rows];
            changed[unlisted] = changed[unlisted].Replace(",3.5,", "9999,3.5,", StringComparison.Ordinal);
            SourceFile file = Memory(Encoding.UTF8.GetBytes(string.Join('\n', changed)));
            var bad = new BadRows(true);
            RatingTable table = new RatingsReading(layout, items, bad, 2, null, TestContext.Current.CancellationToken).Read(file);
            Assert.Equal((2_999, 1L), (table.Count, bad.Skipped));
            Assert.Equal([.. Enumerable.Range(0, 3_000).Where(row => row != unlisted).Select(row => row % 700)], table.Items);
            Assert.Equal([.. Enumerable.Range(0, 3_000).Where(row => row != unlisted).Select(row => 978_300_760L + row)], table.Times);
            UserErrorException refused = Assert.Throws<UserErrorException>(() => new RatingsReading(layout, items, new BadRows(false), 2, null, TestContext.Current.CancellationToken).Read(file));
            Assert.Contains($"{Path}:{unlisted + 1}:", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Borders_of_blocks_may_be_anywhere()
    {
        foreach (int seed in new[] { 3, 8, 21, 34 })
        {
            var ratings = new RandomRatings(seed);
            Outcome expected = InTurn(ratings, skip: true);
            for (int blockBytes = 1; blockBytes <= ratings.Content.Length + 1; blockBytes++)
                Assert.Equal((blockBytes, expected), (blockBytes, InBlocks(ratings, Memory(ratings.Content), skip: true, threads: 2, blockBytes)));
        }
    }

    [Fact]
    public void Plain_gzip_and_zip_are_read_the_same() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            using var folder = new TemporaryFolder();
            var ratings = new RandomRatings(seed);
            Outcome expected = InTurn(ratings, skip: true);
            File.WriteAllBytes(folder[Path], ratings.Content);
            using (var gzip = new GZipStream(File.Create(folder[Path + ".gz"]), CompressionLevel.Fastest))
                gzip.Write(ratings.Content);
            using (ZipArchive zip = ZipFile.Open(folder["r.zip"], ZipArchiveMode.Create))
                zip.CreateEntryFromFile(folder[Path], Path);
            Assert.Equal(expected, InBlocks(ratings, SourceFile.OfDisk(folder[Path]), skip: true, 2, 100));
            Assert.Equal(expected, InBlocks(ratings, SourceFile.OfDisk(folder[Path + ".gz"]), skip: true, 3, 100));
            using SourceFiles files = SourceFiles.Open(folder["r.zip"]);
            Assert.Equal(expected, InBlocks(ratings, files.Find(Path)!, skip: true, 2, 100));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_random_files_hold_everything_that_matters()
    {
        Outcome[] outcomes = [.. Enumerable.Range(0, 300).Select(seed => InTurn(new RandomRatings(seed), skip: true))];
        Assert.InRange(outcomes.Sum(outcome => outcome.Skipped), 1_000, 5_000);
        Assert.InRange(outcomes.Sum(outcome => outcome.Count), 1_000, 6_000);
        Assert.InRange(outcomes.Count(outcome => outcome.Skipped == 0 && outcome.Count > 0), 5, 100);
    }

    private static SourceFile Memory(byte[] content) => new(Path, content.Length, () => new MemoryStream(content));

    private static Outcome InBlocks(RandomRatings ratings, SourceFile file, bool skip, int threads, int blockBytes)
    {
        var bad = new BadRows(skip);
        NameTable items = ratings.NewItems();
        var reading = new RatingsReading(ratings.Layout, items, bad, threads, null, TestContext.Current.CancellationToken, blockBytes);
        return Outcome.Of(file, bad, () => (reading.Read(file), reading.Users, items));
    }

    /// <summary>Without blocks, threads or shortcuts.</summary>
    private static Outcome InTurn(RandomRatings ratings, bool skip)
    {
        var bad = new BadRows(skip);
        SourceFile file = Memory(ratings.Content);
        return Outcome.Of(file, bad, () =>
        {
            NameTable items = ratings.NewItems();
            using var reader = new RecordReader(new MemoryStream(ratings.Content), ratings.Layout.Format);
            var block = new RowBlock(10_000);
            var row = new RatingRow(ratings.Layout, ratings.Layout.ItemsFile is null ? null : new ListedItems(items), block);
            var lines = new List<long>();
            int records = 0;
            while (reader.Read())
            {
                if (++records <= ratings.Layout.HeaderLines)
                    continue;
                if (row.Add(reader, 0))
                    lines.Add(reader.Line);
                else
                    bad.Add(block.Errors[^1].What, Path, reader.Line);
            }

            if (block.Count == 0)
                throw new UserErrorException(records <= ratings.Layout.HeaderLines ? $"there are no ratings in it: expected rows of {ratings.Layout.Expected}" : $"every row of it is malformed: expected {ratings.Layout.Expected}", Path);
            var table = new RatingTable(block.Users[..block.Count], block.Items[..block.Count], block.Ratings[..block.Count], block.Times[..block.Count]);
            NameTable named = ratings.Layout.ItemsFile is null ? block.ItemNames : items;
            return (ratings.Layout.AllowRepeats ? table : WithoutRepeats(table, lines, bad), block.Names, named);
        });
    }

    private static RatingTable WithoutRepeats(RatingTable table, List<long> lines, BadRows bad)
    {
        var first = new Dictionary<(int, int), int>();
        var kept = new List<int>();
        for (int row = 0; row < table.Count; row++)
        {
            if (first.TryAdd((table.Users[row], table.Items[row]), row))
                kept.Add(row);
            else
                bad.Add($"this user has rated this item before, on line {lines[first[(table.Users[row], table.Items[row])]]}: keep one of the two rows", Path, lines[row]);
        }

        return new RatingTable(
            [.. kept.Select(row => table.Users[row])], [.. kept.Select(row => table.Items[row])], [.. kept.Select(row => table.Values[row])], [.. kept.Select(row => table.Times[row])]);
    }

    /// <summary>All that a reading tells, as text.</summary>
    private sealed record Outcome(string Text, int Count, long Skipped)
    {
        public static Outcome Of(SourceFile file, BadRows bad, Func<(RatingTable Table, NameTable Users, NameTable Items)> read)
        {
            try
            {
                (RatingTable table, NameTable users, NameTable items) = read();
                var text = new StringBuilder();
                for (int row = 0; row < table.Count; row++)
                    text.AppendLine(FormattableString.Invariant($"{table.Users[row]} {table.Items[row]} {table.Values[row]:R} {table.Times[row]}"));
                text.AppendJoin('|', users.ToStrings()).AppendLine().AppendJoin('|', items.ToStrings());
                return new Outcome(text.ToString(), table.Count, bad.Skipped);
            }
            catch (UserErrorException error)
            {
                Assert.Equal(file.Path, error.File);
                return new Outcome($"{error.Line}: {error.What}", 0, bad.Skipped);
            }
        }
    }
}
