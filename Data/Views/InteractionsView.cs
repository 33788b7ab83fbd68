using Data.Views.Kernels;
using Microsoft.ML;
using Microsoft.ML.Data;
using Trainers;

namespace Data.Views;

/// <summary>
/// Interactions as ML.NET sees them, one row each: User and Item (keys with key values), Rating, Timestamp. Cursors read the columns where they
/// are, without a copy; who wants all rows at once finds them in <see cref="Interactions"/>.
/// </summary>
public sealed class InteractionsView : IDataView
{
    private readonly ColumnarView _rows;

    /// <param name="interactions">U x I</param>
    /// <param name="users">names of the U users</param>
    /// <param name="items">the I items; key values are titles with years</param>
    /// <exception cref="ArgumentException">There are other numbers of users or items.</exception>
    internal InteractionsView(Interactions interactions, IReadOnlyList<string> users, IReadOnlyList<Item> items)
    {
        if (users.Count != interactions.UserCount || items.Count != interactions.ItemCount)
            throw new ArgumentException($"{users.Count} users and {items.Count} items for interactions of {interactions.UserCount} and {interactions.ItemCount}.", nameof(interactions));
        Interactions = interactions;
        (ReadOnlyMemory<int> rated, ReadOnlyMemory<float> ratings, ReadOnlyMemory<long> times) = interactions.Columns;
        _rows = new ColumnarView(
            interactions.Count,
            new ViewColumn(ColumnNames.User, KeyColumns.Type(users.Count), KeyColumns.KeyValues(users), pointer => UserGetter(interactions.Offsets, pointer)),
            new ViewColumn(ColumnNames.Item, KeyColumns.Type(items.Count), DatasetViews.ItemNames(items), pointer => ColumnGetters.OfKeys(rated, pointer)),
            new ViewColumn(ColumnNames.Rating, NumberDataViewType.Single, null, pointer => ColumnGetters.Of(ratings, pointer)),
            new ViewColumn(ColumnNames.Timestamp, NumberDataViewType.Int64, null, pointer => ColumnGetters.Of(times, pointer)));
    }

    /// <summary>The rows, grouped by user and in order of time.</summary>
    public Interactions Interactions { get; }

    public DataViewSchema Schema => _rows.Schema;

    public bool CanShuffle => _rows.CanShuffle;

    public long? GetRowCount() => _rows.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => _rows.GetRowCursor(columnsNeeded, rand);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => _rows.GetRowCursorSet(columnsNeeded, n, rand);

    /// <summary>The next row's user is mostly the last one's.</summary>
    private static ValueGetter<uint> UserGetter(long[] offsets, RowPointer pointer)
    {
        (int user, long begin, long end) = (0, 0, 0);
        return (ref uint value) =>
        {
            int row = pointer.Unchecked;
            if (row < begin || row >= end)
            {
                user = UserOf(offsets, pointer.Row);
                (begin, end) = (offsets[user], offsets[user + 1]);
            }

            value = (uint)user + 1;
        };
    }

    /// <summary>The last user who starts at or before the row: one who has rows, since the next one starts after it.</summary>
    private static int UserOf(long[] offsets, long row)
    {
        (int low, int high) = (0, offsets.Length - 2);
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = offsets[middle] <= row ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
