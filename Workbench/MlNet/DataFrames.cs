using System.Globalization;
using Data;
using Microsoft.Data.Analysis;
using Trainers;
using Workbench.Reports;

namespace Workbench.MlNet;

/// <summary>Results as <see cref="DataFrame"/>s, for notebooks.</summary>
public static class DataFrames
{
    /// <summary>One row per row, protocol and metric: row, kind, status, protocol, metric, mean, se, n.</summary>
    public static DataFrame ToDataFrame(this Leaderboard leaderboard)
    {
        ArgumentNullException.ThrowIfNull(leaderboard);
        var lines = (
            from row in leaderboard.Rows
            from protocol in row.Metrics
            from metric in protocol.Value
            select (row, Protocol: protocol.Key, Metric: metric.Key, metric.Value)).ToList();
        return new DataFrame(
            new StringDataFrameColumn("row", lines.Select(line => line.row.Row)),
            new StringDataFrameColumn("kind", lines.Select(line => line.row.Kind)),
            new StringDataFrameColumn("protocol", lines.Select(line => line.Protocol)),
            new StringDataFrameColumn("metric", lines.Select(line => line.Metric)),
            new PrimitiveDataFrameColumn<double>("mean", lines.Select(line => line.Value.Mean)),
            new PrimitiveDataFrameColumn<double>("se", lines.Select(line => line.Value.Se)),
            new PrimitiveDataFrameColumn<int>("n", lines.Select(line => line.Value.N)));
    }

    /// <summary>One row per item: item, title, and e0, e1, ... with its vector.</summary>
    /// <param name="items">the I items of the embeddings</param>
    public static DataFrame ToDataFrame(this ItemEmbeddings embeddings, IReadOnlyList<Item> items)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(items);
        if (items.Count != embeddings.Count)
            throw new ArgumentException($"{items.Count} items are not those of {embeddings.Count} embeddings.", nameof(items));
        var columns = new List<DataFrameColumn>
        {
            new StringDataFrameColumn("item", items.Select(item => item.Id)),
            new StringDataFrameColumn("title", items.Select(item => item.TitleWithYear)),
        };
        for (int d = 0; d < embeddings.Dimension; d++)
        {
            int dimension = d;
            columns.Add(new PrimitiveDataFrameColumn<float>(
                string.Create(CultureInfo.InvariantCulture, $"e{d}"), Enumerable.Range(0, embeddings.Count).Select(item => embeddings[item][dimension])));
        }

        return new DataFrame(columns);
    }
}
