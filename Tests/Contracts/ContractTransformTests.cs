using Microsoft.ML;
using Microsoft.ML.Data;

namespace Tests.Contracts;

/// <summary>Stock transforms, row operations and models, where no conformance file speaks of them; the same in either mode.</summary>
public sealed class ContractTransformTests
{
    private static readonly MLContext s_ml = new(seed: 1);

    private static IDataView Data() => s_ml.Data.LoadFromEnumerable(new Row[]
    {
        new() { Word = "pear", A = 1, B = 2, Pair = [3, 4], Open = [5], Words = ["x", "y"] },
        new() { Word = "apple", A = 0, B = 0, Pair = [0, 0], Open = [], Words = [] },
        new() { Word = "pear", A = float.NaN, B = 6, Pair = [7, 8], Open = [9, 9], Words = ["y"] },
    });

    public sealed class Row
    {
        public string Word { get; set; } = "";

        public float A { get; set; }

        public float B { get; set; }

        [VectorType(2)]
        public float[] Pair { get; set; } = [];

        public float[] Open { get; set; } = [];

        public string[] Words { get; set; } = [];
    }

    private static IDataView Apply(IEstimator<ITransformer> estimator) => estimator.Fit(Data()).Transform(Data());

    private static IEnumerable<string> Names(IDataView data) => data.Schema.Select(column => column.Name);

    [Fact]
    public void Columns_are_selected_in_the_order_asked_for_and_dropped_with_what_they_hide()
    {
        Assert.Equal(["Words", "Word"], Names(Apply(s_ml.Transforms.SelectColumns("Words", "Word"))));
        Assert.Equal(["A", "B", "Pair", "Open"], Names(Apply(s_ml.Transforms.DropColumns("Word", "Words"))));

        var hide = s_ml.Transforms.CopyColumns("A", "Word");
        Assert.Equal(["A"], Names(Apply(hide.Append(s_ml.Transforms.SelectColumns("A")))));
        Assert.Equal(["A", "A"], Names(Apply(hide.Append(s_ml.Transforms.SelectColumns(["A"], keepHidden: true)))));
        Assert.DoesNotContain("A", Names(Apply(hide.Append(s_ml.Transforms.DropColumns("A")))));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Transforms.SelectColumns("Nope").Fit(Data()));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Transforms.DropColumns("Nope").Fit(Data()));
    }

    [Fact]
    public void Concatenating_names_the_slots_of_scalars()
    {
        IDataView data = Apply(s_ml.Transforms.Concatenate("X", "A", "Pair", "B"));
        Assert.Equal("X: Vector<Single, 4> {SlotNames}", data.Schema["X"].ToString());
        VBuffer<ReadOnlyMemory<char>> names = default;
        data.Schema["X"].GetSlotNames(ref names);
        Assert.Equal(["A", "", "", "B"], names.DenseValues().Select(name => name.ToString()));
        Assert.Equal([[1, 3, 4, 2], [0, 0, 0, 0], [float.NaN, 7, 8, 6]], data.GetColumn<float[]>("X"));
    }

    [Fact]
    public void Concatenating_a_variable_vector_gives_one()
    {
        IDataView data = Apply(s_ml.Transforms.Concatenate("X", "Open", "A"));
        Assert.Equal("X: Vector<Single>", data.Schema["X"].ToString());
        Assert.Equal([[5, 1], [0], [9, 9, float.NaN]], data.GetColumn<float[]>("X"));
    }

    [Fact]
    public void Concatenating_different_types_fails_when_transforming_or_in_a_chain()
    {
        var mixed = s_ml.Transforms.Concatenate("X", "A", "Word");
        ITransformer fitted = mixed.Fit(Data());
        Assert.Throws<ArgumentOutOfRangeException>(() => fitted.Transform(Data()));
        Assert.Throws<InvalidOperationException>(() => s_ml.Transforms.CopyColumns("Y", "A").Append(mixed).Fit(Data()));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Transforms.Concatenate("X"));
    }

    [Fact]
    public void Filtering_includes_the_lower_bound_and_not_the_upper_one_nor_NaN()
    {
        Assert.Equal([0f], s_ml.Data.FilterRowsByColumn(Data(), "A", 0, 1).GetColumn<float>("A"));
        Assert.Equal([1f, 0f], s_ml.Data.FilterRowsByColumn(Data(), "A").GetColumn<float>("A"));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.FilterRowsByColumn(Data(), "Word", 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.FilterRowsByColumn(Data(), "A", 2, 1));
    }

    [Fact]
    public void A_cache_reads_its_source_once_per_column()
    {
        int pulled = 0;
        IDataView cache = s_ml.Data.Cache(s_ml.Data.LoadFromEnumerable(Counted()));
        Assert.Equal(0, pulled);
        for (int pass = 0; pass < 2; pass++)
        {
            Assert.Equal([1, 2], cache.GetColumn<float>("A"));
            Assert.Equal([[3, 4], []], cache.GetColumn<float[]>("Open"));
        }

        Assert.Equal(4, pulled);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.Cache(Data(), "Nope"));

        IEnumerable<Row> Counted()
        {
            pulled++;
            yield return new() { A = 1, Open = [3, 4] };
            pulled++;
            yield return new() { A = 2 };
        }
    }

    [Fact]
    public void Shuffling_through_a_small_pool_keeps_rows_whole()
    {
        IDataView data = s_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 500).Select(i => new Row { A = i, Open = new float[i % 7] }));
        IDataView shuffled = s_ml.Data.ShuffleRows(data, seed: 5, shufflePoolSize: 20);
        float[] order = [.. shuffled.GetColumn<float>("A")];
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (float)i), order.Order());
        Assert.NotEqual(order.Order(), order);
        Assert.Equal(order.Select(i => (int)i % 7), shuffled.GetColumn<float[]>("Open").Select(values => values.Length));
        Assert.NotEqual(order, s_ml.Data.ShuffleRows(data, seed: 6, shufflePoolSize: 20).GetColumn<float>("A"));
    }

    [Fact]
    public void A_transformer_for_training_is_not_used_when_scoring()
    {
        var chain = s_ml.Transforms.CopyColumns("C", "A")
            .Append(s_ml.Transforms.CopyColumns("D", "A"), TransformerScope.TrainTest)
            .Fit(Data());
        Assert.DoesNotContain("D", Names(chain.Transform(Data())));
        Assert.Contains("D", Names(chain.Transform(Data(), TransformerScope.Training)));
    }

    [Fact]
    public void A_fit_delegate_hears_what_was_fitted()
    {
        ITransformer? heard = null;
        ITransformer fitted = s_ml.Transforms.CopyColumns("C", "A").WithOnFitDelegate(transformer => heard = transformer).Fit(Data());
        Assert.Same(fitted, heard);
    }

    [Fact]
    public void A_saved_chain_maps_rows_as_it_did()
    {
        var chain = s_ml.Transforms.Conversion.MapValueToKey([new("WordKey", "Word"), new("WordsKey", "Words")])
            .Append(s_ml.Transforms.CopyColumns("Copy", "A"))
            .Append(s_ml.Transforms.Concatenate("Features", "Copy", "Pair"))
            .Append(s_ml.Transforms.Conversion.MapKeyToValue("WordsAgain", "WordsKey"))
            .Append(s_ml.Transforms.DropColumns("Copy"));
        ITransformer model = chain.Fit(Data());
        using var stream = new MemoryStream();
        s_ml.Model.Save(model, Data().Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext(seed: 2).Model.Load(stream, out DataViewSchema? inputSchema);

        Assert.Equal(Data().Schema.Select(column => column.ToString()), inputSchema!.Select(column => column.ToString()));
        IDataView expected = model.Transform(Data()), actual = loaded.Transform(Data());
        Assert.Equal(expected.Schema.Select(column => column.ToString()), actual.Schema.Select(column => column.ToString()));
        Assert.Equal([1u, 2u, 1u], actual.GetColumn<uint>("WordKey"));
        Assert.Equal(expected.GetColumn<float[]>("Features"), actual.GetColumn<float[]>("Features"));
        Assert.Equal([["x", "y"], [], ["y"]], actual.GetColumn<string[]>("WordsAgain"));
    }

    [Fact]
    public void A_model_keeps_its_schema_s_key_values_and_may_have_no_schema()
    {
        IDataView keyed = s_ml.Transforms.Conversion.MapValueToKey("Word").Fit(Data()).Transform(Data());
        ITransformer model = s_ml.Transforms.Conversion.MapKeyToValue("Word").Fit(keyed);
        using var stream = new MemoryStream();
        s_ml.Model.Save(model, keyed.Schema, stream);
        stream.Position = 0;
        s_ml.Model.Load(stream, out DataViewSchema? schema);
        VBuffer<ReadOnlyMemory<char>> values = default;
        schema!["Word"].GetKeyValues(ref values);
        Assert.Equal(["pear", "apple"], values.DenseValues().Select(value => value.ToString()));

        using var bare = new MemoryStream();
        s_ml.Model.Save(model, inputSchema: null, bare);
        bare.Position = 0;
        s_ml.Model.Load(bare, out DataViewSchema? none);
        Assert.Null(none);
    }

    [Fact]
    public void What_is_no_model_is_refused()
    {
        Assert.Throws<FormatException>(() => s_ml.Model.Load(new MemoryStream([1, 2, 3, 4]), out _));
        string absent = Path.Combine(AppContext.BaseDirectory, "no such model.zip");
        Assert.Throws<FileNotFoundException>(() => s_ml.Model.Load(absent, out _));
    }

    [Fact]
    public void A_mapping_without_a_contract_name_is_not_saved()
    {
        ITransformer mapping = s_ml.Transforms.CustomMapping<Row, Twice>((input, output) => output.Double = 2 * input.A, contractName: null).Fit(Data());
        Assert.Throws<InvalidOperationException>(() => s_ml.Model.Save(mapping, Data().Schema, new MemoryStream()));
    }

    public sealed class Twice
    {
        public float Double { get; set; }
    }
}
