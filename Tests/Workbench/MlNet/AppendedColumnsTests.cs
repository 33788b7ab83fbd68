using Microsoft.ML;
using Microsoft.ML.Data;

namespace Tests.Workbench.MlNet;

/// <summary>What each of our transformers is to ML.NET: columns appended to a view, row by row, when somebody reads them.</summary>
public sealed class AppendedColumnsTests
{
    private static readonly MLContext Ml = new(seed: 1);

    public static TheoryData<string> Names => [.. Appending.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_inputs_columns_stay_where_they_are_and_ours_follow(string name)
    {
        Appending of = Appending.Of(name);
        IDataView view = of.Transformer.Transform(of.Input);
        Assert.Equal([.. of.Input.Schema.Select(column => column.Name), .. of.Appends], view.Schema.Select(column => column.Name));
        Assert.Equal(view.Schema.Select(column => column.ToString()), of.Transformer.GetOutputSchema(of.Input.Schema).Select(column => column.ToString()));
        Assert.Equal(of.Input.GetRowCount(), view.GetRowCount());
        Assert.Equal(of.Input.CanShuffle, view.CanShuffle);
        Assert.True(of.Transformer.IsRowToRowMapper);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_column_that_was_not_asked_for_or_of_another_type_is_refused(string name)
    {
        Appending of = Appending.Of(name);
        IDataView view = of.Transformer.Transform(of.Input);
        DataViewSchema.Column own = view.Schema[of.Appends[0]];
        using DataViewRowCursor cursor = view.GetRowCursor([own]);
        Assert.True(cursor.IsColumnActive(own));
        foreach (string read in of.Reads)
        {
            Assert.False(cursor.IsColumnActive(view.Schema[read]));
            Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<VBuffer<uint>>(view.Schema[read]));
        }

        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<int>(own));
        using DataViewRowCursor none = view.GetRowCursor([]);
        Assert.Throws<ArgumentOutOfRangeException>(() => none.GetGetter<VBuffer<uint>>(own));
        Assert.True(none.MoveNext());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_cursor_begins_and_ends_outside(string name)
    {
        Appending of = Appending.Of(name);
        IDataView view = of.Transformer.Transform(of.Input);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        Assert.Equal(-1, cursor.Position);
        long rows = 0;
        while (cursor.MoveNext())
            Assert.Equal(rows++, cursor.Position);
        Assert.Equal(view.GetRowCount(), rows);
        Assert.Equal(-1, cursor.Position);
        Assert.False(cursor.MoveNext());
        Assert.Same(view.Schema, cursor.Schema);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Several_cursors_and_a_shuffled_one_read_what_one_reads(string name)
    {
        Appending of = Appending.Of(name);
        IDataView view = of.Transformer.Transform(of.Input);
        Dictionary<ulong, string> expected = Read(view, of.Appends, view.GetRowCursor(view.Schema));
        Assert.Equal(view.GetRowCount(), expected.Count);
        foreach (int n in (int[])[1, 2, 3, 16])
        {
            DataViewRowCursor[] cursors = view.GetRowCursorSet(view.Schema, n);
            Assert.InRange(cursors.Length, 1, n);
            Assert.Equal(n > 1, cursors.Length > 1);
            Dictionary<ulong, string>[] parts = new Dictionary<ulong, string>[cursors.Length];
            Parallel.For(0, cursors.Length, i => parts[i] = Read(view, of.Appends, cursors[i]));
            Assert.Equal(expected.OrderBy(row => row.Key), parts.SelectMany(part => part).OrderBy(row => row.Key));
        }

        Dictionary<ulong, string> shuffled = Read(view, of.Appends, view.GetRowCursor(view.Schema, new Random(1)));
        Assert.NotEqual(expected.Keys, shuffled.Keys);
        Assert.Equal(expected.OrderBy(row => row.Key), shuffled.OrderBy(row => row.Key));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_input_column_must_be_there_and_of_its_type(string name)
    {
        Appending of = Appending.Of(name);
        foreach (string read in of.Reads)
        {
            IDataView without = Ml.Transforms.DropColumns(read).Fit(of.Input).Transform(of.Input);
            var missing = Assert.Throws<ArgumentOutOfRangeException>(() => of.Transformer.GetOutputSchema(without.Schema));
            Assert.Contains($"'{read}'", missing.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentOutOfRangeException>(() => of.Transformer.Transform(without));

            string other = of.Input.Schema.First(column => column.Type is TextDataViewType or NumberDataViewType).Name;
            IDataView wrong = Ml.Transforms.CopyColumns(read, other).Fit(of.Input).Transform(of.Input);
            var type = Assert.Throws<ArgumentOutOfRangeException>(() => of.Transformer.GetOutputSchema(wrong.Schema));
            Assert.Contains($"'{read}'", type.Message, StringComparison.Ordinal);
            Assert.Contains("40 items", type.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_mapper_knows_what_it_depends_on(string name)
    {
        Appending of = Appending.Of(name);
        IRowToRowMapper mapper = of.Transformer.GetRowToRowMapper(of.Input.Schema);
        Assert.Same(of.Input.Schema, mapper.InputSchema);
        DataViewSchema.Column own = mapper.OutputSchema[of.Appends[^1]], first = mapper.OutputSchema[0];
        Assert.Equal(of.Reads.Order(), mapper.GetDependencies([own]).Select(column => column.Name).Order());
        Assert.Equal([first.Name], mapper.GetDependencies([first]).Select(column => column.Name));
        Assert.Empty(mapper.GetDependencies([]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_stands_in_chains_beside_stock_transforms(string name)
    {
        Appending of = Appending.Of(name);
        string copied = of.Appends[0];
        ITransformer chain = of.Transformer.Append(Ml.Transforms.CopyColumns("Copy", copied).Fit(of.Transformer.Transform(of.Input))).Append(of.Transformer);
        IDataView twice = chain.Transform(of.Input);
        Assert.Equal(2, twice.Schema.Count(column => column.Name == copied));
        Assert.Equal(Read(of.Transformer.Transform(of.Input), of.Appends).Values, Read(twice, of.Appends).Values);
        IDataView cached = Ml.Data.Cache(twice);
        Assert.Equal(Read(twice, of.Appends).Values, Read(cached, of.Appends).Values);
        Assert.Equal(Read(twice, of.Appends).Values.Skip(3).Take(2), Read(Ml.Data.TakeRows(Ml.Data.SkipRows(twice, 3), 2), of.Appends).Values);
    }

    [Fact]
    public void It_cannot_be_saved_and_says_what_to_do()
    {
        foreach (Appending of in Appending.Names.Select(Appending.Of))
        {
            var e = Assert.ThrowsAny<Exception>(() => Ml.Model.Save(of.Transformer, of.Input.Schema, new MemoryStream()));
            NotSupportedException? reason = e as NotSupportedException ?? e.InnerException as NotSupportedException;
            Assert.Contains("Save the item embeddings", Assert.IsType<NotSupportedException>(reason).Message, StringComparison.Ordinal);
        }
    }

    private static Dictionary<ulong, string> Read(IDataView view, string[] columns) => Read(view, columns, view.GetRowCursor(view.Schema));

    /// <summary>By row id the values of the columns, in the order in which they came; disposes the cursor.</summary>
    private static Dictionary<ulong, string> Read(IDataView view, string[] columns, DataViewRowCursor cursor)
    {
        using DataViewRowCursor owned = cursor;
        Func<string>[] getters = [.. columns.Select(column => Getter(cursor, view.Schema[column]))];
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        var rows = new Dictionary<ulong, string>();
        DataViewRowId id = default;
        while (cursor.MoveNext())
        {
            getId(ref id);
            rows.Add(id.Low, string.Join(" | ", getters.Select(getter => getter())));
        }

        return rows;
    }

    private static Func<string> Getter(DataViewRowCursor cursor, DataViewSchema.Column column) =>
        column.Type is VectorDataViewType { ItemType: KeyDataViewType } ? Getter(cursor.GetGetter<VBuffer<uint>>(column)) : Getter(cursor.GetGetter<VBuffer<float>>(column));

    private static Func<string> Getter<T>(ValueGetter<VBuffer<T>> getter)
    {
        VBuffer<T> buffer = default;
        return () =>
        {
            getter(ref buffer);
            return string.Join(",", buffer.DenseValues());
        };
    }
}
