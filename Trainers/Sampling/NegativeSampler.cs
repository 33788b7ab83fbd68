namespace Trainers.Sampling;

/// <summary>Draws items uniformly among those that somebody does not have; among all, if there is no other. One thread's.</summary>
/// <param name="items">I</param>
internal sealed class NegativeSampler(int items)
{
    private readonly int[] _mark = new int[items];
    private int _owner;
    private int _distinct;

    /// <summary>Whose items are left out from now on.</summary>
    public void Exclude(ReadOnlySpan<int> history)
    {
        _owner++;
        _distinct = 0;
        foreach (int item in history)
        {
            if (_mark[item] != _owner)
                _distinct++;
            _mark[item] = _owner;
        }
    }

    /// <summary>False if the history has every item.</summary>
    public bool Any => _distinct < items;

    public int Draw(SplitMix64 random)
    {
        while (true)
        {
            int item = random.NextInt(items);
            if (_mark[item] != _owner || !Any)
                return item;
        }
    }
}
