using BenchmarkDotNet.Attributes;
using Data;
using Data.Views;
using Microsoft.ML;

namespace Benchmarks;

/// <summary>One pass over 1 M interactions as an <see cref="IDataView"/>, four columns.</summary>
[InProcess]
[WarmupCount(1)]
[IterationCount(10)]
public class ViewBenchmarks
{
    private static readonly LinkedDataset Dataset = SyntheticMovieLens.Dataset;

    private readonly IDataView _view = DatasetViews.OfInteractions(Dataset.Ratings, Dataset.Users, Dataset.Items);

    [Benchmark]
    public double PassOverFourColumns() => CursorPass.OverFourColumns(_view.GetRowCursor(_view.Schema));
}
