using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Tests.Data.Views;

/// <summary>Cursor semantics are those of ML.NET's own views.</summary>
public sealed class ColumnarViewTests
{
    private static ColumnarView View(int rows) => new(
        rows,
        KeyColumns.Scalar("Key", KeyColumns.Type(rows), KeyColumns.KeyValues([.. Enumerable.Range(0, rows).Select(row => $"name {row}")]), row => row),
        KeyColumns.Text("Text", row => $"text {row}"),
        KeyColumns.Vector("Keys", KeyColumns.Type(rows), KeyColumns.KeyValues(["a"]), row => new int[] { row, -1 }));

    private static List<uint> Read(DataViewRowCursor cursor)
    {
        using DataViewRowCursor owned = cursor;
        ValueGetter<uint> getter = cursor.GetGetter<uint>(cursor.Schema["Key"]);
        ValueGetter<DataViewRowId> id = cursor.GetIdGetter();
        var read = new List<uint>();
        (uint key, DataViewRowId row) = (0, default);
        while (cursor.MoveNext())
        {
            getter(ref key);
            id(ref row);
            Assert.Equal(key - 1, row.Low);
            read.Add(key);
        }

        return read;
    }

    [Fact]
    public void The_position_is_minus_1_before_and_after()
    {
        ColumnarView view = View(3);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<uint> getter = cursor.GetGetter<uint>(view.Schema["Key"]);
        uint key = 0;
        Assert.Equal(-1, cursor.Position);
        Assert.Throws<InvalidOperationException>(() => getter(ref key));
        for (int row = 0; row < 3; row++)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal(row, cursor.Position);
        }

        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
        Assert.False(cursor.MoveNext());
        Assert.Throws<InvalidOperationException>(() => getter(ref key));
    }

    [Fact]
    public void Getters_are_of_active_columns_and_their_own_type()
    {
        ColumnarView view = View(3);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Key"]]);
        Assert.True(cursor.IsColumnActive(view.Schema["Key"]));
        Assert.False(cursor.IsColumnActive(view.Schema["Text"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Text"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<int>(view.Schema["Key"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<VBuffer<uint>>(view.Schema["Key"]));
    }

    [Fact]
    public void Values_come_one_based_with_missing_as_0_and_names_as_key_values()
    {
        ColumnarView view = View(3);
        Assert.Equal([1u, 2u, 3u], view.GetColumn<uint>("Key"));
        Assert.Equal([[1u, 0u], [2u, 0u], [3u, 0u]], view.GetColumn<uint[]>("Keys"));
        Assert.Equal(["text 0", "text 1", "text 2"], view.GetColumn<string>("Text"));
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["Key"].GetKeyValues(ref names);
        Assert.Equal(["name 0", "name 1", "name 2"], names.DenseValues().Select(name => name.ToString()));
        var ml = new MLContext(seed: 1);
        Assert.Equal(["name 0", "name 1", "name 2"], ml.Transforms.Conversion.MapKeyToValue("Name", "Key").Fit(view).Transform(view).GetColumn<string>("Name"));
    }

    [Fact]
    public void An_empty_view_has_a_schema_and_no_rows()
    {
        ColumnarView view = View(0);
        Assert.Equal(0, view.GetRowCount());
        Assert.Equal(1ul, ((KeyDataViewType)view.Schema["Key"].Type).Count);
        Assert.Empty(view.GetColumn<uint>("Key"));
        Assert.Empty(view.GetRowCursorSet(view.Schema, 4).SelectMany(Read));
        Assert.Empty(Read(view.GetRowCursor(view.Schema, new Random(1))));
    }

    [Fact]
    public void A_shuffled_cursor_reads_every_row_once_in_the_order_of_its_seed()
    {
        ColumnarView view = View(200);
        Assert.True(view.CanShuffle);
        List<uint> one = Read(view.GetRowCursor(view.Schema, new Random(1)));
        Assert.NotEqual(one.Order(), one);
        Assert.Equal(Enumerable.Range(1, 200).Select(key => (uint)key), one.Order());
        Assert.Equal(one, Read(view.GetRowCursor(view.Schema, new Random(1))));
        Assert.NotEqual(one, Read(view.GetRowCursor(view.Schema, new Random(2))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(128)]
    [InlineData(1000)]
    public void A_set_of_cursors_divides_the_rows(int rows)
    {
        ColumnarView view = View(rows);
        foreach (int n in (int[])[0, 1, 2, 3, 7, 100])
        {
            DataViewRowCursor[] cursors = view.GetRowCursorSet(view.Schema, n);
            Assert.InRange(cursors.Length, 1, Math.Max(1, n));
            Assert.Equal(Enumerable.Range(0, cursors.Length).Select(i => (long)i), cursors.Select(cursor => cursor.Batch));
            Assert.All(cursors, cursor => Assert.Equal(-1, cursor.Position));
            Assert.Equal(Enumerable.Range(1, rows).Select(key => (uint)key), cursors.SelectMany(Read));
            Assert.Equal(Enumerable.Range(1, rows).Select(key => (uint)key), view.GetRowCursorSet(view.Schema, n, new Random(1)).SelectMany(Read).Order());
        }
    }
}
