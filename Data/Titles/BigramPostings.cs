using System.Buffers;

namespace Data.Titles;

/// <summary>
/// Which keys share pairs of letters: finds the few keys that can lie within an edit distance without comparing with all of them.
/// </summary>
/// <remarks>One edit touches at most two pairs, so keys at distance d share at least (the longer's pairs) - 2d of them.</remarks>
internal sealed class BigramPostings
{
    private readonly Dictionary<uint, int[]> postings;
    private readonly int keyCount;

    /// <param name="keys">K keys; a key's number is its position</param>
    public BigramPostings(IReadOnlyList<string> keys)
    {
        keyCount = keys.Count;
        var lists = new Dictionary<uint, List<int>>();
        for (int k = 0; k < keys.Count; k++)
        {
            string key = keys[k];
            for (int i = 0; i + 1 < key.Length; i++)
            {
                uint pair = Pair(key, i);
                if (!lists.TryGetValue(pair, out List<int>? list))
                    lists.Add(pair, list = []);

                // A pair that occurs twice in a key counts twice: the bound above is over pairs with their repetitions.
                list.Add(k);
            }
        }

        postings = lists.ToDictionary(list => list.Key, list => list.Value.ToArray());
    }

    /// <summary>Keys that share at least <paramref name="least"/> pairs with the one given, ascending; some may share fewer, none is missed.</summary>
    public List<int> Sharing(string key, int least)
    {
        int[] counts = ArrayPool<int>.Shared.Rent(keyCount);
        Array.Clear(counts, 0, keyCount);
        var found = new List<int>();
        for (int i = 0; i + 1 < key.Length; i++)
        {
            if (!postings.TryGetValue(Pair(key, i), out int[]? list))
                continue;
            foreach (int k in list)
            {
                if (++counts[k] == Math.Max(1, least))
                    found.Add(k);
            }
        }

        ArrayPool<int>.Shared.Return(counts);
        found.Sort();
        return found;
    }

    private static uint Pair(string key, int i) => ((uint)key[i] << 16) | key[i + 1];
}
