using Microsoft.ML;
using Microsoft.ML.Data;

namespace Tests.Contracts;

/// <summary>What code of ours relies on in ML.NET's behaviour, one habit per test; the same in either mode.</summary>
public sealed class ContractBehaviourTests
{
    private static readonly MLContext s_ml = new(seed: 1);

    private static readonly Row[] s_rows =
    [
        new() { Key = 0, Text = "b", Value = 1, Values = [1, 2] },
        new() { Key = 2, Text = null, Value = 2, Values = [] },
        new() { Key = 3, Text = "a", Value = float.NaN, Values = null },
        new() { Key = 1, Text = "b", Value = 4, Values = [3] },
    ];

    private static IDataView Data() => s_ml.Data.LoadFromEnumerable(s_rows);

    private static IEnumerable<Row> Lazy()
    {
        foreach (Row row in s_rows)
            yield return row;
    }

    public sealed class Row
    {
        [KeyType(3)]
        public uint Key { get; set; }

        public string? Text { get; set; }

        public float Value { get; set; }

        public float[]? Values { get; set; }
    }

    [Fact]
    public void A_cursor_is_at_position_minus_one_before_and_after()
    {
        IDataView data = Data();
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        Assert.Equal(-1, cursor.Position);
        var positions = new List<long>();
        long batch = cursor.Batch;
        while (cursor.MoveNext())
        {
            positions.Add(cursor.Position);
            Assert.True(cursor.Batch >= batch);
            batch = cursor.Batch;
        }

        Assert.Equal([0, 1, 2, 3], positions);
        Assert.Equal(-1, cursor.Position);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void A_getter_of_an_inactive_column_or_a_wrong_type_is_refused()
    {
        IDataView data = Data();
        using DataViewRowCursor cursor = data.GetRowCursor([data.Schema["Value"]]);
        Assert.False(cursor.IsColumnActive(data.Schema["Text"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<ReadOnlyMemory<char>>(data.Schema["Text"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(data.Schema["Value"]));
    }

    [Fact]
    public void A_getter_refills_the_buffer_that_it_is_given()
    {
        IDataView data = Data();
        using DataViewRowCursor cursor = data.GetRowCursor([data.Schema["Values"]]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(data.Schema["Values"]);
        VBuffer<float> buffer = default;
        cursor.MoveNext();
        getter(ref buffer);
        VBuffer<float> kept = buffer;
        cursor.MoveNext();
        cursor.MoveNext();
        cursor.MoveNext();
        getter(ref buffer);
        Assert.Equal([3f], buffer.DenseValues());
        Assert.Equal([3f, 2f], kept.DenseValues());
    }

    [Fact]
    public void A_row_count_is_null_where_only_counting_would_tell()
    {
        IDataView known = Data(), lazy = s_ml.Data.LoadFromEnumerable(Lazy());
        Assert.Equal(4, known.GetRowCount());
        Assert.Null(lazy.GetRowCount());
        Assert.Null(s_ml.Data.FilterRowsByColumn(known, "Value", 0, 9).GetRowCount());
        Assert.Equal(2, s_ml.Data.TakeRows(known, 2).GetRowCount());
        Assert.Equal(1, s_ml.Data.SkipRows(known, 3).GetRowCount());
        Assert.Null(s_ml.Data.TakeRows(lazy, 2).GetRowCount());

        IDataView cache = s_ml.Data.Cache(lazy);
        Assert.Null(cache.GetRowCount());
        _ = cache.GetColumn<float>("Value").Count();
        Assert.Equal(4, cache.GetRowCount());
    }

    [Fact]
    public void A_key_member_counts_from_zero_and_a_key_column_from_one()
    {
        uint[] raw = [1, 3, 0, 2];
        Assert.Equal(raw, Data().GetColumn<uint>("Key"));
        Assert.Equal(raw, s_ml.Data.CreateEnumerable<Row>(Data(), reuseRowObject: false).Select(row => row.Key));

        ITransformer copy = s_ml.Transforms.CopyColumns("Copy", "Key").Fit(Data());
        using PredictionEngine<Row, Copied> engine = s_ml.Model.CreatePredictionEngine<Row, Copied>(copy);
        Assert.Equal(raw, s_rows.Select(row => engine.Predict(row).Copy));

        var mapping = s_ml.Transforms.CustomMapping<Keyed, Row2>((input, output) => output.Again = input.Key, contractName: null);
        Assert.Equal([2u, 0u, 1u, 3u], mapping.Fit(Data()).Transform(Data()).GetColumn<uint>("Again"));
    }

    public sealed class Copied
    {
        public uint Copy { get; set; }
    }

    public sealed class Keyed
    {
        [KeyType(3)]
        public uint Key { get; set; }
    }

    public sealed class Row2
    {
        [KeyType(3)]
        public uint Again { get; set; }
    }

    [Fact]
    public void A_vector_of_keys_is_raw_and_unchecked()
    {
        IDataView data = s_ml.Data.LoadFromEnumerable(new KeyVector[] { new() { Keys = [0, 3, 4] } });
        Assert.Equal([0u, 3u, 4u], data.GetColumn<uint[]>("Keys").Single());
    }

    public sealed class KeyVector
    {
        [KeyType(3)]
        public uint[] Keys { get; set; } = [];
    }

    [Fact]
    public void Text_is_never_null_and_the_empty_one_has_no_key()
    {
        Assert.Equal(["b", "", "a", "b"], Data().GetColumn<string>("Text"));
        IDataView mapped = s_ml.Transforms.Conversion.MapValueToKey("TextKey", "Text").Fit(Data()).Transform(Data());
        Assert.Equal([1u, 0u, 2u, 1u], mapped.GetColumn<uint>("TextKey"));
        VBuffer<ReadOnlyMemory<char>> values = default;
        mapped.Schema["TextKey"].GetKeyValues(ref values);
        Assert.Equal(["b", "a"], values.DenseValues().Select(text => text.ToString()));
    }

    [Fact]
    public void A_later_column_hides_an_earlier_one_and_stands_right_after_it()
    {
        IDataView hidden = s_ml.Transforms.Conversion.MapValueToKey("Text").Fit(Data()).Transform(Data());
        Assert.Equal(["Key", "Text", "Text", "Value", "Values"], hidden.Schema.Select(column => column.Name));
        Assert.Equal([false, true, false, false, false], hidden.Schema.Select(column => column.IsHidden));
        Assert.IsType<KeyDataViewType>(hidden.Schema["Text"].Type);
        Assert.Null(hidden.Schema.GetColumnOrNull("text"));
    }

    [Fact]
    public void Key_values_are_written_as_a_plain_annotation()
    {
        ReadOnlyMemory<char>[] names = ["x".AsMemory(), "y".AsMemory()];
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, 2),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(2, names));
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Item", new KeyDataViewType(typeof(uint), 2), annotations.ToAnnotations());
        DataViewSchema.Column item = builder.ToSchema()["Item"];
        Assert.True(item.HasKeyValues());
        VBuffer<ReadOnlyMemory<char>> read = default;
        item.GetKeyValues(ref read);
        Assert.Equal(names, read.DenseValues());
    }

    [Fact]
    public void A_sparse_vector_stores_some_of_its_values()
    {
        var vector = new VBuffer<float>(4, 1, [9f], [2]);
        Assert.Equal([9f], vector.GetValues().ToArray());
        Assert.Equal([0f, 0f, 9f, 0f], vector.DenseValues());
        Assert.Equal(0f, vector.GetItemOrDefault(1));
    }

    [Fact]
    public void Caches_shuffle_and_sequences_do_not()
    {
        Assert.False(Data().CanShuffle);
        Assert.True(s_ml.Data.Cache(Data()).CanShuffle);

        IDataView shuffled = s_ml.Data.ShuffleRows(Data(), seed: 3);
        Assert.Equal([1f, 2f, 4f, float.NaN], shuffled.GetColumn<float>("Value").Order().OrderBy(float.IsNaN));
        Assert.Equal(shuffled.GetColumn<float>("Value"), shuffled.GetColumn<float>("Value"));
    }

    [Fact]
    public void An_empty_vector_reads_back_as_null_or_as_an_empty_array()
    {
        Assert.Equal([[1, 2], null, null, [3]], s_ml.Data.CreateEnumerable<Row>(Data(), reuseRowObject: false).Select(row => row.Values));
        Assert.Equal([[1, 2], [], [], [3]], Data().GetColumn<float[]>("Values"));
    }

    [Fact]
    public void A_custom_mapping_keeps_what_a_row_does_not_set()
    {
        var mapping = s_ml.Transforms.CustomMapping<Number, Number2>(
            (input, output) => output.Last = input.Value > 1 ? input.Value : output.Last, contractName: null);
        using PredictionEngine<Number, Number2> engine = s_ml.Model.CreatePredictionEngine<Number, Number2>(mapping.Fit(Data()));
        Assert.Equal([2f, 2f, 3f], new[] { 2f, 1f, 3f }.Select(value => engine.Predict(new() { Value = value }).Last));
    }

    public sealed class Number
    {
        public float Value { get; set; }
    }

    public sealed class Number2
    {
        public float Last { get; set; }
    }

    [Fact]
    public void Shapes_cannot_be_made_from_outside()
    {
        Assert.Empty(typeof(SchemaShape.Column).GetConstructors());
        Assert.Null(typeof(SchemaShape).GetMethod("Create"));
    }

    [Fact]
    public void A_model_cannot_be_written_from_outside()
    {
        Assert.Empty(typeof(ModelSaveContext).GetConstructors());
        Assert.Empty(typeof(ModelSaveContext).GetProperties());
        Assert.Throws<NotSupportedException>(() => s_ml.Model.Save(new Unsaved(), inputSchema: null, new MemoryStream()));
    }

    [Fact]
    public void Predicting_needs_row_to_row_throughout_the_chain()
    {
        var chain = new TransformerChain<ITransformer>(s_ml.Transforms.CopyColumns("Copy", "Key").Fit(Data()), new Unsaved());
        Assert.False(((ITransformer)chain).IsRowToRowMapper);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Model.CreatePredictionEngine<Row, Copied>(chain));
    }

    private sealed class Unsaved : ITransformer
    {
        public bool IsRowToRowMapper => false;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IDataView Transform(IDataView input) => input;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        public void Save(ModelSaveContext ctx) => throw new NotSupportedException("Save the embeddings instead.");
    }
}
