namespace Evaluation.Protocols;

/// <summary>The protocols. A new one is a file and a line.</summary>
public static class ProtocolCatalog
{
    /// <summary>One unit per user: the held-out items among all that the user has not seen.</summary>
    public static IProtocol NextItem { get; } = new PerQuery("next-item", "One unit per user; all unseen items are ranked.");

    /// <summary>One unit per turn, as in the Reddit-ML32M table.</summary>
    public static IProtocol PerTurn { get; } = new PerQuery("per-turn", "One unit per turn; a hit is any target in the top k; NDCG over the ideal of min(k, targets).");

    /// <summary>One unit per (turn, target), as He et al. 2023.</summary>
    public static IProtocol PerItem { get; } = new PerItem();

    public static IReadOnlyList<IProtocol> All { get; } = [NextItem, PerTurn, PerItem];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(protocol => protocol.Name)];

    public static IProtocol? Find(string name) => All.FirstOrDefault(protocol => protocol.Name == name);

    /// <exception cref="EvaluationException">There is none of that name.</exception>
    public static IProtocol Get(string name) => Find(name)
        ?? throw new EvaluationException($"there is no protocol `{name}` (known: {string.Join(", ", Names)})");
}
