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
    public double PassOverFourColumns()
    {
        using DataViewRowCursor cursor = _view.GetRowCursor(_view.Schema);
        ValueGetter<uint> user = cursor.GetGetter<uint>(_view.Schema[ColumnNames.User]), item = cursor.GetGetter<uint>(_view.Schema[ColumnNames.Item]);
        ValueGetter<float> rating = cursor.GetGetter<float>(_view.Schema[ColumnNames.Rating]);
        ValueGetter<long> time = cursor.GetGetter<long>(_view.Schema[ColumnNames.Timestamp]);
        (uint u, uint i, float r, long t, double sum) = (0, 0, 0, 0, 0);
        while (cursor.MoveNext())
        {
            user(ref u);
            item(ref i);
            rating(ref r);
            time(ref t);
            sum += u + i + r + (t & 1);
        }

        return sum;
    }
}
