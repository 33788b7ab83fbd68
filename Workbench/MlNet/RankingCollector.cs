using Data.Views;
using Evaluation;
using Microsoft.ML;
using Microsoft.ML.Data;
using Workbench.Reranking;

namespace Workbench.MlNet;

/// <summary>Reads what a ranker appended, once and with several cursors, into the arrays that the evaluation wants: the way out of ML.NET.</summary>
internal static class RankingCollector
{
    // So many rows of scores stay in a core's own cache at some ten thousand items.
    private const int BlockQueries = 32;

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

    /// <summary>The same as of what the transformer makes of the queries, which it ranks a block at a time.</summary>
    /// <param name="queries">with Mentioned and LlmItems; its row ids are the queries' numbers</param>
    /// <param name="ranker">of the queries</param>
    /// <param name="depth">length of the lists; what is beyond is cut off</param>
    internal static Rankings Collect(IDataView queries, RankingTransformer ranker, int depth, int threads, CancellationToken cancellation)
    {
        ranker.GetOutputSchema(queries.Schema);
        DataViewSchema.Column mentioned = queries.Schema[ColumnNames.Mentioned];
        int itemCount = (int)((KeyDataViewType)((VectorDataViewType)mentioned.Type).ItemType).Count;
        int count = (int)(queries.GetRowCount() ?? throw new ArgumentException("The view does not know how many queries it has.", nameof(queries)));
        var rankings = new Rankings(count, depth, itemCount, withTieRanks: true);
        DataViewSchema.Column[] read = [.. ranker.Reads.Select(name => queries.Schema[name])];
        Parallel.ForEach(queries.GetRowCursorSet(read, threads), new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation }, cursor =>
        {
            using (cursor)
                Rank(cursor, ranker, rankings, cancellation);
        });
        return rankings;
    }

    private static void Rank(DataViewRowCursor cursor, RankingTransformer transformer, Rankings rankings, CancellationToken cancellation)
    {
        var reader = new QueryReader(cursor, transformer.ReadsDialogue);
        QueryRanker ranker = transformer.NewRanker(BlockQueries);
        var block = new QueryBlock();
        for (bool more = true; more;)
        {
            cancellation.ThrowIfCancellationRequested();
            block.Clear();
            while (block.Count < BlockQueries && (more = cursor.MoveNext()))
                reader.Read(block);
            ranker.Rank(block);
            for (int i = 0; i < block.Count; i++)
                Write(rankings, block.Numbers[i], ranker.Items(i), ranker.Scores(i), block.LlmItems[i]);
        }
    }

    private static void Write(Rankings rankings, int query, ReadOnlySpan<int> ranked, ReadOnlySpan<float> values, ReadOnlySpan<int> list)
    {
        Span<int> items = rankings.ItemsOf(query), ties = rankings.TieRanksOf(query);
        int length = Math.Min(ranked.Length, items.Length);
        ranked[..length].CopyTo(items);
        values[..length].CopyTo(rankings.ScoresOf(query));
        for (int i = 0; i < length; i++)
            ties[i] = TieRank(list, ranked[i]);

        // One place beyond the depth tells whether the end of the list cuts a tie.
        rankings.CutsTie[query] = ranked.Length > length && values[length] == values[length - 1] && TieRank(list, ranked[length]) == ties[length - 1];
    }

    /// <summary>Place in the language model's list, or last of all.</summary>
    private static int TieRank<T>(ReadOnlySpan<T> list, T key)
        where T : IEquatable<T>
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
