namespace Workbench.Reranking.Fusion.Fitting;

/// <summary>Candidates of turns with their features, for learning. Legend: T turns, n(t) candidates of turn t, F features.</summary>
/// <param name="Features">F</param>
/// <param name="Offsets">T + 1: first candidate of each turn</param>
/// <param name="Values">by candidate, F each</param>
/// <param name="LogWeights">by candidate: the log of how many items it stands for</param>
/// <param name="Relevance">by candidate: 1 for a target</param>
/// <param name="Parts">T: the inner fold of each turn, for choices</param>
internal sealed record FittingRows(int Features, int[] Offsets, float[] Values, double[] LogWeights, double[] Relevance, int[] Parts)
{
    internal int Turns => Offsets.Length - 1;

    internal int Candidates => Offsets[^1];

    /// <summary>n(t) x F</summary>
    internal Span<float> OfTurn(int turn) => Values.AsSpan(Offsets[turn] * Features, (Offsets[turn + 1] - Offsets[turn]) * Features);
}
