using Trainers.Sampling;
using Workbench.Reranking.Fusion.Fitting;

namespace Tests.Workbench.Reranking.Fusion;

/// <summary>Generated candidates whose targets follow known weights.</summary>
internal static class SampleRows
{
    /// <param name="relevant">chooses the target of a turn among the rows of its features</param>
    internal static FittingRows Of(int turns, int candidates, int features, ulong seed, Func<float[][], int> relevant)
    {
        var random = new SplitMix64(seed);
        var values = new List<float>();
        var relevance = new List<double>();
        var weights = new List<double>();
        for (int turn = 0; turn < turns; turn++)
        {
            float[][] rows = [.. Enumerable.Range(0, candidates).Select(_ => Enumerable.Range(0, features).Select(_ => (float)random.NextGaussian()).ToArray())];
            int target = relevant(rows);
            for (int j = 0; j < candidates; j++)
            {
                values.AddRange(rows[j]);
                relevance.Add(j == target ? 1 : 0);
                weights.Add(j % 5 == 4 ? Math.Log(3) : 0);
            }
        }

        return new FittingRows(features, [.. Enumerable.Range(0, turns + 1).Select(turn => turn * candidates)], [.. values], [.. weights], [.. relevance], [.. Enumerable.Range(0, turns).Select(turn => turn % 3)]);
    }

    internal static ParallelOptions Threads(int count) => new() { MaxDegreeOfParallelism = count };
}
