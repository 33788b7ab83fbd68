using Microsoft.ML;
using Microsoft.ML.Data;

namespace Tests.Contracts;

/// <summary>Chains of estimators and transformers; the same in either mode.</summary>
public sealed class ContractChainTests
{
    private static readonly MLContext s_ml = new(seed: 1);

    private int _passes;

    private IDataView Data() => s_ml.Data.LoadFromEnumerable(Rows());

    private IEnumerable<Row> Rows()
    {
        _passes++;
        yield return new() { Word = "b", Value = 1 };
        yield return new() { Word = "a", Value = 2 };
    }

    public sealed class Row
    {
        public string Word { get; set; } = "";

        public float Value { get; set; }
    }

    [Fact]
    public void Fitting_checks_shapes_before_it_reads_anything()
    {
        var chain = s_ml.Transforms.Conversion.MapValueToKey("Key", "Word").Append(s_ml.Transforms.CopyColumns("X", "Nope"));
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(Data()));
        Assert.Equal(0, _passes);
    }

    [Fact]
    public void A_chain_within_a_chain_is_one_transformer()
    {
        var inner = s_ml.Transforms.CopyColumns("B", "A").Append(s_ml.Transforms.CopyColumns("C", "B"));
        TransformerChain<TransformerChain<Microsoft.ML.Transforms.ColumnCopyingTransformer>> model =
            s_ml.Transforms.CopyColumns("A", "Word").Append(inner).Fit(Data());
        Assert.Equal(2, model.Count());
        Assert.Same(model.Last(), model.LastTransformer);
        Assert.Equal(["b", "a"], model.Transform(Data()).GetColumn<string>("C"));
    }

    [Fact]
    public void The_empty_chain_passes_a_view_on()
    {
        TransformerChain<ITransformer> model = new EstimatorChain<ITransformer>().Fit(Data());
        IDataView data = Data();
        Assert.Same(data, model.Transform(data));
        Assert.Null(model.LastTransformer);
        Assert.Throws<InvalidOperationException>(() => new EstimatorChain<ITransformer>().AppendCacheCheckpoint(s_ml));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public void Estimators_after_a_checkpoint_read_a_cache(bool cached, int passes)
    {
        var copy = s_ml.Transforms.CopyColumns("Copy", "Word").Append(s_ml.Transforms.CopyColumns("V", "Value"));
        (cached ? copy.AppendCacheCheckpoint(s_ml) : copy)
            .Append(s_ml.Transforms.Conversion.MapValueToKey("K1", "Copy"))
            .Append(s_ml.Transforms.Conversion.MapValueToKey("K2", "Copy"))
            .Fit(Data());
        Assert.Equal(passes, _passes);
    }

    [Fact]
    public void What_nobody_reads_costs_no_pass()
    {
        var pipeline = s_ml.Transforms.CopyColumns("Copy", "Word").Append(s_ml.Transforms.Concatenate("Features", "Value", "Value"));
        IDataView output = pipeline.Fit(Data()).Transform(Data());
        Assert.Equal("Features: Vector<Single, 2> {SlotNames}", output.Schema["Features"].ToString());
        Assert.Equal(0, _passes);
        Assert.Equal([[1, 1], [2, 2]], output.GetColumn<float[]>("Features"));
        Assert.Equal(1, _passes);
    }

    [Fact]
    public void The_log_can_be_listened_to_and_left()
    {
        var ml = new MLContext(seed: 1);
        var heard = new List<string>();
        void Listen(object? sender, LoggingEventArgs e) => heard.Add(e.Message);
        ml.Log += Listen;
        ml.Transforms.CopyColumns("Copy", "Word").Fit(Data());
        ml.Log -= Listen;
        int before = heard.Count;
        ml.Transforms.CopyColumns("Copy", "Word").Fit(Data());
        Assert.Equal(before, heard.Count);

        var told = new LoggingEventArgs("text", Microsoft.ML.Runtime.ChannelMessageKind.Warning, "source");
        Assert.Equal("text", told.RawMessage);
        Assert.Equal("[Source=source, Kind=Warning] text", told.Message);
    }
}
