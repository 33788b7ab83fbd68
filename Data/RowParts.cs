namespace Data;

/// <summary>Rows divided into consecutive parts of about one length, a thread each.</summary>
internal static class RowParts
{
    /// <param name="rows">how many in all</param>
    /// <param name="parts">less than 1 counts as 1</param>
    /// <param name="work">told the part, its first row and the row after its last; must not throw</param>
    public static void Run(int rows, int parts, Action<int, int, int> work)
    {
        parts = Math.Max(1, parts);
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part => work(part, Begin(part), Begin(part + 1)));

        int Begin(int part) => (int)((long)rows * part / parts);
    }
}
