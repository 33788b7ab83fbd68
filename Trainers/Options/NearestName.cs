namespace Trainers.Options;

/// <summary>What somebody who misspelt a name probably meant.</summary>
public static class NearestName
{
    /// <summary>The candidate at the least edit distance, if that is no more than a third of the longer name (at least 2).</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        (string? best, int least) = (null, int.MaxValue);
        foreach (string candidate in candidates)
        {
            int distance = Distance(name, candidate);
            if (distance < least && distance <= Math.Max(2, Math.Max(name.Length, candidate.Length) / 3))
                (best, least) = (candidate, distance);
        }

        return best;
    }

    /// <summary>Levenshtein's distance: insertions, deletions and substitutions, case ignored.</summary>
    public static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            (int diagonal, row[0]) = (row[0], i);
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                int value = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost);
                (diagonal, row[j]) = (row[j], value);
            }
        }

        return row[b.Length];
    }
}
