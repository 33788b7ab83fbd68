using Data;
using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;
using Trainers;

namespace Workbench.MlNet;

/// <summary>Materialises a view of interactions once, for the loops of trainers: the way in from ML.NET.</summary>
internal static class InteractionReader
{
    /// <summary>
    /// Reads User and Item (uint keys of known counts) and, if present, Rating (float) and Timestamp (long).
    /// Rows with a missing user or item take no part and are counted in <paramref name="missing"/>. Nothing is read of a view that has all rows
    /// in this form: what is made of it is the same.
    /// </summary>
    internal static Interactions Read(IDataView view, int threads, out long missing)
    {
        missing = 0;
        if (view is InteractionsView whole)
            return whole.Interactions;
        DataViewSchema.Column user = Key(view, ColumnNames.User, out int users), item = Key(view, ColumnNames.Item, out int items);
        DataViewSchema.Column? rating = Optional(view, ColumnNames.Rating, NumberDataViewType.Single);
        DataViewSchema.Column? time = Optional(view, ColumnNames.Timestamp, NumberDataViewType.Int64);

        int capacity = (int)(view.GetRowCount() ?? 1 << 16);
        var rows = new Rows(capacity);
        IEnumerable<DataViewSchema.Column> needed = new[] { user, item, rating, time }.Where(c => c is not null).Select(c => c!.Value);
        using DataViewRowCursor cursor = view.GetRowCursor(needed);
        ValueGetter<uint> getUser = cursor.GetGetter<uint>(user), getItem = cursor.GetGetter<uint>(item);
        ValueGetter<float>? getRating = rating is { } r ? cursor.GetGetter<float>(r) : null;
        ValueGetter<long>? getTime = time is { } t ? cursor.GetGetter<long>(t) : null;
        uint userKey = 0, itemKey = 0;
        float stars = float.NaN;
        long seconds = 0;
        while (cursor.MoveNext())
        {
            getUser(ref userKey);
            getItem(ref itemKey);
            if (userKey == 0 || itemKey == 0)
            {
                missing++;
                continue;
            }

            getRating?.Invoke(ref stars);
            getTime?.Invoke(ref seconds);
            rows.Add((int)userKey - 1, (int)itemKey - 1, stars, seconds);
        }

        return rows.Build(users, items, threads);
    }

    private static DataViewSchema.Column Key(IDataView view, string name, out int count)
    {
        DataViewSchema.Column column = view.Schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException(nameof(view), $"There is no column '{name}'.");
        if (column.Type is not KeyDataViewType { Count: <= int.MaxValue } key || key.RawType != typeof(uint))
            throw new ArgumentOutOfRangeException(nameof(view), $"Column '{name}' is {column.Type}, expected a uint key of at most {int.MaxValue} values.");
        count = (int)key.Count;
        return column;
    }

    private static DataViewSchema.Column? Optional(IDataView view, string name, DataViewType type)
    {
        DataViewSchema.Column? column = view.Schema.GetColumnOrNull(name);
        if (column is { } found && !found.Type.Equals(type))
            throw new ArgumentOutOfRangeException(nameof(view), $"Column '{name}' is {found.Type}, expected {type}.");
        return column;
    }

    /// <summary>Columns that grow where the view does not know its length.</summary>
    private sealed class Rows(int capacity)
    {
        private int[] _users = new int[capacity];
        private int[] _items = new int[capacity];
        private float[] _ratings = new float[capacity];
        private long[] _times = new long[capacity];
        private int _count;

        internal void Add(int user, int item, float rating, long time)
        {
            if (_count == _users.Length)
            {
                int longer = Math.Max(16, checked(_count * 2));
                Array.Resize(ref _users, longer);
                Array.Resize(ref _items, longer);
                Array.Resize(ref _ratings, longer);
                Array.Resize(ref _times, longer);
            }

            (_users[_count], _items[_count], _ratings[_count], _times[_count]) = (user, item, rating, time);
            _count++;
        }

        internal Interactions Build(int users, int items, int threads) => InteractionsBuilder.Build(
            users, items, _users, _items, _ratings, _times, threads, _count);
    }
}
