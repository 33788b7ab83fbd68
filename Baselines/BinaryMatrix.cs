using Trainers;

namespace Baselines;

/// <summary>Who has what: the binary matrix of users and items, by rows and by columns.</summary>
/// <remarks>
/// Legend: X users x items, n_i the users of item i. A pair that occurs more than once is one. Rows and columns ascend, so sums over them have
/// one order.
/// </remarks>
internal sealed class BinaryMatrix
{
    private readonly int[] _rowStarts, _rows, _columnStarts, _columns;

    /// <exception cref="UserErrorException">There is no interaction, or the memory budget is too small.</exception>
    public BinaryMatrix(string method, Interactions interactions, TrainingRun run)
    {
        if (interactions.Count == 0)
            throw new UserErrorException($"{method} has nothing to learn from: there are no interactions");
        run.RequireMemory(method, BytesFor(interactions));
        (Users, Items) = (interactions.UserCount, interactions.ItemCount);
        _rowStarts = new int[Users + 1];
        var rows = new int[interactions.Count];
        for (int user = 0, end = 0; user < Users; user++)
        {
            if (user % 4096 == 0)
                run.Cancellation.ThrowIfCancellationRequested();
            Span<int> row = rows.AsSpan(end, interactions.CountOf(user));
            interactions.ItemsOf(user).CopyTo(row);
            row.Sort();
            for (int i = 0; i < row.Length; i++)
            {
                if (i == 0 || row[i] != row[i - 1])
                    rows[end++] = row[i];
            }

            _rowStarts[user + 1] = end;
        }

        (_rows, Count) = (rows, _rowStarts[^1]);
        run.Cancellation.ThrowIfCancellationRequested();
        (_columnStarts, _columns) = Transpose();
    }

    public int Users { get; }

    public int Items { get; }

    /// <summary>Ones in X.</summary>
    public int Count { get; }

    /// <summary>The user's items, ascending.</summary>
    public ReadOnlySpan<int> ItemsOf(int user) => _rows.AsSpan(_rowStarts[user], _rowStarts[user + 1] - _rowStarts[user]);

    /// <summary>The item's users, ascending.</summary>
    public ReadOnlySpan<int> UsersOf(int item) => _columns.AsSpan(_columnStarts[item], UserCountOf(item));

    /// <summary>n_i</summary>
    public int UserCountOf(int item) => _columnStarts[item + 1] - _columnStarts[item];

    /// <summary>What the matrix takes, building included.</summary>
    public static long BytesFor(Interactions interactions) =>
        sizeof(int) * ((2L * interactions.Count) + interactions.UserCount + (2L * interactions.ItemCount) + 64);

    private (int[] Starts, int[] Columns) Transpose()
    {
        var starts = new int[Items + 1];
        for (int k = 0; k < Count; k++)
            starts[_rows[k] + 1]++;
        for (int item = 0; item < Items; item++)
            starts[item + 1] += starts[item];
        var next = starts.AsSpan(0, Items).ToArray();
        var columns = new int[Count];
        for (int user = 0; user < Users; user++)
        {
            foreach (int item in ItemsOf(user))
                columns[next[item]++] = user;
        }

        return (starts, columns);
    }
}
