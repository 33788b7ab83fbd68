using Trainers;

namespace Data.Storage;

/// <summary>Collects blocks of rows, in the order of the file, into columns with users numbered through the file.</summary>
/// <remarks>
/// Columns in the order of users and times become the interactions as they are; others are sorted into new ones.
/// </remarks>
internal sealed class RowColumns
{
    private readonly NameTable _names;
    private readonly bool _namesAreGiven;
    private int[] _users;
    private int[] _items;
    private float[] _ratings;
    private long[] _times;
    private int _count;
    private bool _grouped = true;

    /// <param name="expected">rows, if known: so much is allocated at once</param>
    /// <param name="users">the users in order if users.csv gives them; else null</param>
    public RowColumns(int expected, NameTable? users)
    {
        (_names, _namesAreGiven) = (users ?? new NameTable(), users is not null);
        (_users, _items, _ratings, _times) = (new int[expected], new int[expected], new float[expected], new long[expected]);
    }

    public int Count => _count;

    public NameTable Names => _names;

    /// <returns>The first user that users.csv lacks; null if all are known.</returns>
    public string? Add(RowBlock block)
    {
        if (_count + block.Count > _items.Length)
            Grow((int)Math.Min(Array.MaxLength, Math.Max(_count + (long)block.Count, _items.Length * 3L / 2)));

        var numbers = new int[block.Names.Count];
        for (int user = 0; user < numbers.Length; user++)
        {
            numbers[user] = _namesAreGiven ? _names.Find(block.Names[user]) : _names.FindOrAdd(block.Names[user], out _);
            if (numbers[user] < 0)
                return System.Text.Encoding.UTF8.GetString(block.Names[user]);
        }

        (int user0, long time0) = _count == 0 ? (-1, 0L) : (_users[_count - 1], _times[_count - 1]);
        for (int row = 0; row < block.Count; row++)
        {
            (int user, long time) = (numbers[block.Users[row]], block.Times[row]);
            _grouped &= user > user0 || (user == user0 && time >= time0);
            _users[_count + row] = user;
            (user0, time0) = (user, time);
        }

        block.Items.AsSpan(0, block.Count).CopyTo(_items.AsSpan(_count));
        block.Ratings.AsSpan(0, block.Count).CopyTo(_ratings.AsSpan(_count));
        block.Times.AsSpan(0, block.Count).CopyTo(_times.AsSpan(_count));
        _count += block.Count;
        return null;
    }

    /// <summary>Hands the columns on; this object is empty afterwards.</summary>
    public Interactions ToInteractions(int itemCount, int threads)
    {
        if (!_grouped)
            return InteractionsBuilder.Build(_names.Count, itemCount, _users, _items, _ratings, _times, threads, _count);

        var offsets = new long[_names.Count + 1];
        for (int row = 0; row < _count; row++)
            offsets[_users[row] + 1]++;
        for (int user = 0; user < _names.Count; user++)
            offsets[user + 1] += offsets[user];
        _users = [];
        if (_count < _items.Length)
            Resize(_count);
        var made = new Interactions(_names.Count, itemCount, offsets, _items, _ratings, _times);
        (_items, _ratings, _times, _count) = ([], [], [], 0);
        return made;
    }

    private void Grow(int length)
    {
        Array.Resize(ref _users, length);
        Resize(length);
    }

    private void Resize(int length)
    {
        Array.Resize(ref _items, length);
        Array.Resize(ref _ratings, length);
        Array.Resize(ref _times, length);
    }
}
