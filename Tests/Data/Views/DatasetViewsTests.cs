using Data;
using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;
using Tests.Trainers;
using Trainers;

namespace Tests.Data.Views;

public sealed class DatasetViewsTests
{
    private static Item[] Items(int count) => [.. Enumerable.Range(0, count).Select(i => new Item($"i{i}", $"Film {i}", i == 1 ? null : 1990 + i, [], null, null, ItemOrigin.Both))];

    private static IDataView Interactions(params int[][] users) =>
        DatasetViews.OfInteractions(Planted.Of(4, users), [.. users.Select((_, user) => $"u{user}")], Items(4));

    [Fact]
    public void Each_interaction_is_a_row_of_its_user()
    {
        IDataView view = Interactions([0, 3], [1], [2, 0, 1]);
        Assert.Equal(6, view.GetRowCount());
        Assert.Equal([1u, 1u, 2u, 3u, 3u, 3u], view.GetColumn<uint>(ColumnNames.User));
        Assert.Equal([1u, 4u, 2u, 3u, 1u, 2u], view.GetColumn<uint>(ColumnNames.Item));
        Assert.Equal(["User", "Item", "Rating", "Timestamp"], view.Schema.Select(column => column.Name));
        var ml = new MLContext(seed: 1);
        IDataView named = ml.Transforms.Conversion.MapKeyToValue([new InputOutputColumnPair("User"), new InputOutputColumnPair("Item")]).Fit(view).Transform(view);
        Assert.Equal(["u0", "u0", "u1", "u2", "u2", "u2"], named.GetColumn<string>(ColumnNames.User));
        Assert.Equal(["Film 0 (1990)", "Film 3 (1993)", "Film 1", "Film 2 (1992)", "Film 0 (1990)", "Film 1"], named.GetColumn<string>(ColumnNames.Item));
    }

    [Fact]
    public void Users_without_rows_are_passed_over_in_any_order()
    {
        var random = new Random(5);
        for (int round = 0; round < 30; round++)
        {
            int[][] users = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => Enumerable.Range(0, 4).Where(_ => random.Next(5) == 0).ToArray())];
            users[random.Next(users.Length)] = [2];
            uint[] expected = [.. users.SelectMany((items, user) => items.Select(_ => (uint)user + 1))];
            IDataView view = Interactions(users);
            Assert.Equal(expected, view.GetColumn<uint>(ColumnNames.User));
            using DataViewRowCursor cursor = view.GetRowCursor([view.Schema[ColumnNames.User]], new Random(round));
            ValueGetter<uint> getter = cursor.GetGetter<uint>(view.Schema[ColumnNames.User]);
            ValueGetter<DataViewRowId> id = cursor.GetIdGetter();
            (uint user, DataViewRowId row) = (0, default);
            for (; cursor.MoveNext();)
            {
                getter(ref user);
                id(ref row);
                Assert.Equal(expected[(int)row.Low], user);
            }
        }
    }

    [Fact]
    public void Many_cursors_see_the_same_users()
    {
        int[][] users = [.. Enumerable.Range(0, 900).Select(user => Enumerable.Range(0, user % 4).ToArray())];
        IDataView view = Interactions(users);
        uint[] expected = [.. view.GetColumn<uint>(ColumnNames.User)];
        var read = new List<uint>();
        foreach (DataViewRowCursor cursor in view.GetRowCursorSet([view.Schema[ColumnNames.User]], 5))
        {
            ValueGetter<uint> getter = cursor.GetGetter<uint>(view.Schema[ColumnNames.User]);
            uint user = 0;
            for (; cursor.MoveNext(); read.Add(user))
                getter(ref user);
            cursor.Dispose();
        }

        Assert.Equal(expected, read);
    }

    [Fact]
    public void Ratings_and_times_stand_beside_their_items()
    {
        var interactions = new Interactions(1, 2, [0, 2], [1, 0], [float.NaN, 4.5f], [-7, 1L << 40]);
        IDataView view = DatasetViews.OfInteractions(interactions, ["u"], Items(2));
        Assert.Equal([float.NaN, 4.5f], view.GetColumn<float>(ColumnNames.Rating));
        Assert.Equal([-7, 1L << 40], view.GetColumn<long>(ColumnNames.Timestamp));
    }

    [Fact]
    public void A_turn_is_a_row_with_its_texts_and_items()
    {
        var turn = new Turn("t1", "c1", Split.Test, "ann", 5, [new Utterance(Role.Seeker, "hi", []), new Utterance(Role.Recommender, "see Film 2", [2])], [2], [0, 1], []);
        IDataView view = DatasetViews.OfTurns([turn, turn with { Id = "t2", Context = [], Mentioned = [] }], Items(4), [[3, -1, 3], []]);
        Assert.Equal(["t1", "t2"], view.GetColumn<string>(ColumnNames.Turn));
        Assert.Equal(["c1", "c1"], view.GetColumn<string>(ColumnNames.Conversation));
        Assert.Equal(["Seeker: hi\nRecommender: see Film 2\n", ""], view.GetColumn<string>(ColumnNames.Context));
        Assert.Equal([[3u], []], view.GetColumn<uint[]>(ColumnNames.Mentioned));
        Assert.Equal([[1u, 2u], [1u, 2u]], view.GetColumn<uint[]>(ColumnNames.Targets));
        Assert.Equal([[4u, 0u, 4u], []], view.GetColumn<uint[]>(ColumnNames.LlmItems));
        Assert.Equal([[], []], DatasetViews.OfTurns([turn, turn], Items(4)).GetColumn<uint[]>(ColumnNames.LlmItems));
    }

    [Fact]
    public void A_users_history_is_a_row_without_a_list()
    {
        IDataView view = DatasetViews.OfHistories(["ann", "bob"], Items(4), [[3, 0], []], [[1], [2]]);
        Assert.Equal([[4u, 1u], []], view.GetColumn<uint[]>(ColumnNames.Mentioned));
        Assert.Equal([[2u], [3u]], view.GetColumn<uint[]>(ColumnNames.Targets));
        Assert.Equal([[], []], view.GetColumn<uint[]>(ColumnNames.LlmItems));
        Assert.Equal([1u, 2u], view.GetColumn<uint>(ColumnNames.User));
    }
}
