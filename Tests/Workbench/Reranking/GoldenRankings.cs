namespace Tests.Workbench.Reranking;

/// <summary>The first fifteen of sixty items, as max pooling ranked them when it was first written.</summary>
internal static class GoldenRankings
{
    public static readonly int[] Cosine = [41, 7, 3, 58, 19, 46, 26, 28, 49, 44, 21, 25, 57, 10, 1];

    public static readonly int[] Dot = [41, 3, 58, 7, 46, 19, 57, 18, 49, 44, 28, 48, 8, 21, 25];
}
