namespace Evaluation.Protocols;

/// <summary>What one unit of a mean is.</summary>
public interface IProtocol
{
    /// <summary>As in YAML and in reports.</summary>
    string Name { get; }

    /// <summary>One sentence.</summary>
    string Doc { get; }

    /// <summary>The units, in the order of queries, then targets.</summary>
    Units UnitsOf(Holdout holdout, TargetRanks ranks);
}
