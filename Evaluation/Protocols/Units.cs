namespace Evaluation.Protocols;

/// <summary>What a protocol takes means over.</summary>
/// <remarks>
/// Legend: N units, R ranks in all. Unit n owns the positions <c>Offsets[n] .. Offsets[n + 1]</c> of the ranks, at least one.
/// </remarks>
/// <param name="Queries">N queries that the units belong to, ascending</param>
/// <param name="Targets">N item rows where a unit is one target, else null</param>
/// <param name="Offsets">N + 1 positions</param>
/// <param name="Ranks">R ranks, 1-based, ascending within a unit; <see cref="TargetRanks.NotFound"/></param>
/// <param name="Pessimistic">R ranks with ties counted against the model, ascending within a unit</param>
public sealed record Units(int[] Queries, int[]? Targets, int[] Offsets, int[] Ranks, int[] Pessimistic)
{
    /// <summary>N</summary>
    public int Count => Queries.Length;
}
