using System.Runtime.InteropServices;
using Data;
using Data.Storage;
using Data.Synthetic;
using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;
using Trainers;

namespace Tests.Data.Storage;

/// <summary>A dataset of so many ratings that its cache is mapped into memory.</summary>
public sealed class MappedCacheTests : IDisposable
{
    private static readonly LinkedDataset Dataset = SyntheticDataset.Generate(
        new SyntheticOptions { Users = 4000, Items = 600, Ratings = InteractionsCache.MappedFrom + 1000, Conversations = 20 }, TestContext.Current.CancellationToken);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Cache => _folder[".cache", "interactions.bin"];

    private static bool IsArray(Interactions ratings) => MemoryMarshal.TryGetArray(ratings.Columns.Items, out _);

    private void Damage()
    {
        byte[] bytes = File.ReadAllBytes(Cache);
        long rating = CacheHeader.Parse(bytes.AsSpan(0, CacheHeader.Alignment))!.PartStarts()[2];
        bytes[rating + 2] ^= 1;
        File.WriteAllBytes(Cache + ".damaged", bytes);
        File.Move(Cache + ".damaged", Cache, overwrite: true);
    }

    [Fact]
    public void A_second_opening_maps_what_the_first_one_made()
    {
        Disk.Write(Dataset, _folder);
        Disk.Read(_folder, cache: false);
        DatasetReading made = Disk.Read(_folder), read = Disk.Read(_folder);
        Assert.Equal((CacheUse.Made, CacheUse.Read), (made.Cache, read.Cache));
        Assert.True(IsArray(made.Dataset.Ratings));
        Assert.False(IsArray(read.Dataset.Ratings));
        SameDataset.Assert(Dataset, made.Dataset);
        SameDataset.Assert(Dataset, read.Dataset);

        // A cache that is made anew takes nothing from those who have the old one.
        File.Delete(Cache);
        Assert.Equal(CacheUse.Made, Disk.Read(_folder).Cache);
        SameDataset.Assert(Dataset, read.Dataset);
    }

    [Fact]
    public void What_was_written_to_a_cache_is_noticed_and_what_was_copied_is_checked_once()
    {
        Disk.Write(Dataset, _folder);
        Disk.Read(_folder);
        DateTime whole = File.GetLastWriteTimeUtc(Cache);
        Assert.Equal(CacheUse.Read, Disk.Read(_folder).Cache);
        Assert.Equal(whole, File.GetLastWriteTimeUtc(Cache));

        File.SetLastWriteTimeUtc(Cache, whole.AddHours(1));
        Assert.Equal(CacheUse.Read, Disk.Read(_folder).Cache);
        Assert.Equal(whole, File.GetLastWriteTimeUtc(Cache));

        Damage();
        DatasetReading reading = Disk.Read(_folder);
        Assert.Equal(CacheUse.Made, reading.Cache);
        SameDataset.Assert(Dataset, reading.Dataset);
        Assert.Equal(CacheUse.Read, Disk.Read(_folder).Cache);
    }

    [Fact]
    public void Damage_that_keeps_the_time_is_noticed_on_request()
    {
        Disk.Write(Dataset, _folder);
        Disk.Read(_folder);
        DateTime whole = File.GetLastWriteTimeUtc(Cache);
        Damage();
        File.SetLastWriteTimeUtc(Cache, whole);
        Assert.Equal(CacheUse.Read, Disk.Read(_folder).Cache);
        Assert.Equal(CacheUse.Made, Disk.Read(_folder, verify: true).Cache);
    }

    [Fact]
    public void A_touched_source_leaves_the_cache_trusted()
    {
        Disk.Write(Dataset, _folder);
        Disk.Read(_folder);
        DateTime whole = File.GetLastWriteTimeUtc(Cache);
        File.SetLastWriteTimeUtc(_folder["interactions.csv"], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(CacheUse.Read, Disk.Read(_folder).Cache);
        Assert.Equal(whole, File.GetLastWriteTimeUtc(Cache));
    }

    [Fact]
    public void Cursors_read_a_mapped_column_as_they_read_an_array()
    {
        Disk.Write(Dataset, _folder);
        Disk.Read(_folder);
        LinkedDataset mapped = Disk.Read(_folder).Dataset;
        IDataView expected = DatasetViews.OfInteractions(Dataset.Ratings, Dataset.Users, Dataset.Items), actual = DatasetViews.OfInteractions(mapped.Ratings, mapped.Users, mapped.Items);
        Assert.Equal(expected.GetColumn<uint>(ColumnNames.User), actual.GetColumn<uint>(ColumnNames.User));
        Assert.Equal(expected.GetColumn<uint>(ColumnNames.Item), actual.GetColumn<uint>(ColumnNames.Item));
        Assert.Equal(expected.GetColumn<float>(ColumnNames.Rating), actual.GetColumn<float>(ColumnNames.Rating));
        Assert.Equal(expected.GetColumn<long>(ColumnNames.Timestamp), actual.GetColumn<long>(ColumnNames.Timestamp));

        DataViewSchema.Column rating = actual.Schema[ColumnNames.Rating];
        float sum = 0;
        foreach (DataViewRowCursor cursor in actual.GetRowCursorSet([rating], 3))
        {
            using (cursor)
            {
                ValueGetter<float> get = cursor.GetGetter<float>(rating);
                float value = 0;
                Assert.Throws<InvalidOperationException>(() => get(ref value));
                while (cursor.MoveNext())
                {
                    get(ref value);
                    sum += value;
                }

                Assert.False(cursor.MoveNext());
                Assert.Equal(-1, cursor.Position);
                Assert.Throws<InvalidOperationException>(() => get(ref value));
            }
        }

        // Halves of stars: such sums are exact.
        Assert.Equal(Dataset.Ratings.Ratings.ToArray().Sum(), sum);
    }

    [Fact]
    public void Shuffled_rows_of_a_mapped_file_are_whole()
    {
        Disk.Write(Dataset, _folder);
        Disk.Read(_folder);
        LinkedDataset mapped = Disk.Read(_folder).Dataset;
        IDataView view = DatasetViews.OfInteractions(mapped.Ratings, mapped.Users, mapped.Items);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema, new Random(3));
        ValueGetter<uint> user = cursor.GetGetter<uint>(view.Schema[ColumnNames.User]), item = cursor.GetGetter<uint>(view.Schema[ColumnNames.Item]);
        ValueGetter<long> time = cursor.GetGetter<long>(view.Schema[ColumnNames.Timestamp]);
        ValueGetter<DataViewRowId> id = cursor.GetIdGetter();
        bool[] seen = new bool[Dataset.Ratings.Count];
        (uint u, uint i, long t, DataViewRowId at) = (0, 0, 0, default);
        Assert.Throws<InvalidOperationException>(() => user(ref u));
        while (cursor.MoveNext())
        {
            user(ref u);
            item(ref i);
            time(ref t);
            id(ref at);
            int row = (int)at.Low;
            Assert.False(seen[row]);
            seen[row] = true;
            Assert.InRange(row, Dataset.Ratings.Offsets[u - 1], Dataset.Ratings.Offsets[u] - 1);
            Assert.Equal((Dataset.Ratings.Items[row] + 1, Dataset.Ratings.Times[row]), ((int)i, t));
        }

        Assert.DoesNotContain(false, seen);
        Assert.Throws<InvalidOperationException>(() => user(ref u));
    }

    [Fact]
    public void Trainers_learn_the_same_from_a_mapped_file()
    {
        Disk.Write(Dataset, _folder);
        Disk.Read(_folder);
        var options = new MatrixFactorizationOptions { Dimension = 8, Iterations = 1 };
        ItemEmbeddings Train(Interactions ratings) => new MatrixFactorization(options).Train(ratings, new TrainingRun(Threads: 2));
        Assert.Equal(Train(Dataset.Ratings).Values, Train(Disk.Read(_folder).Dataset.Ratings).Values);
    }
}
