using Data.Views;
using Evaluation;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Workbench.MlNet;

/// <summary>Reads what a ranker appended, once and with several cursors, into the arrays that the evaluation wants: the way out of ML.NET.</summary>
internal static class RankingCollector
{
    /// <param name="ranked">with RankedItems, Scores and LlmItems; its row ids are the queries' numbers</param>
    /// <param name="depth">length of the lists; what is beyond is cut off</param>
    internal static Rankings Collect(IDataView ranked, int depth, int threads, CancellationToken cancellation)
    {
        DataViewSchema schema = ranked.Schema;
        DataViewSchema.Column items = schema[ColumnNames.RankedItems], scores = schema[ColumnNames.Scores], list = schema[ColumnNames.LlmItems];
        int itemCount = (int)((KeyDataViewType)((VectorDataViewType)items.Type).ItemType).Count;
        int queries = (int)(ranked.GetRowCount() ?? throw new ArgumentException("The view does not know how many queries it has.", nameof(ranked)));
        var rankings = new Rankings(queries, depth, itemCount, withTieRanks: true);

        DataViewRowCursor[] cursors = ranked.GetRowCursorSet([items, scores, list], threads);
        Parallel.ForEach(cursors, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation }, cursor =>
        {
            using (cursor)
                Read(cursor, rankings, cancellation);
        });
        return rankings;
    }

    /// <summary>Place in the language model's list, or last of all.</summary>
    private static int TieRank(ReadOnlySpan<uint> list, uint key)
    {
        int rank = list.IndexOf(key);
        return rank < 0 ? int.MaxValue : rank;
    }

    private static void Read(DataViewRowCursor cursor, Rankings rankings, CancellationToken cancellation)
    {
        DataViewSchema schema = cursor.Schema;
        ValueGetter<VBuffer<uint>> getItems = cursor.GetGetter<VBuffer<uint>>(schema[ColumnNames.RankedItems]);
        ValueGetter<VBuffer<float>> getScores = cursor.GetGetter<VBuffer<float>>(schema[ColumnNames.Scores]);
        ValueGetter<VBuffer<uint>> getList = cursor.GetGetter<VBuffer<uint>>(schema[ColumnNames.LlmItems]);
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        VBuffer<uint> keys = default, listKeys = default;
        VBuffer<float> values = default;
        DataViewRowId id = default;
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            getId(ref id);
            getItems(ref keys);
            getScores(ref values);
            getList(ref listKeys);
            int query = (int)id.Low;
            Span<int> items = rankings.ItemsOf(query), ties = rankings.TieRanksOf(query);
            Span<float> scores = rankings.ScoresOf(query);
            ReadOnlySpan<uint> list = listKeys.GetValues();
            int length = Math.Min(keys.Length, items.Length);
            for (int i = 0; i < length; i++)
            {
                uint key = keys.GetItemOrDefault(i);
                (items[i], scores[i], ties[i]) = (key == 0 ? Rankings.NoItem : (int)key - 1, values.GetItemOrDefault(i), TieRank(list, key));
            }

            // One place beyond the depth tells whether the end of the list cuts a tie.
            rankings.CutsTie[query] = keys.Length > length
                && values.GetItemOrDefault(length) == scores[length - 1] && TieRank(list, keys.GetItemOrDefault(length)) == ties[length - 1];
        }
    }
}
