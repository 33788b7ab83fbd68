namespace Workbench.Reports.References;

/// <summary>Published figures, with what they were measured on.</summary>
/// <param name="Name">of the file, without ending</param>
/// <param name="Source">paper and table</param>
/// <param name="Dataset">what a leaderboard must have been measured on to be beside them</param>
/// <param name="Remarks">what a reader must know of them</param>
/// <param name="Rows">in the order of the table</param>
public sealed record ReferenceTable(string Name, string Source, ReferenceDataset Dataset, IReadOnlyList<string> Remarks, IReadOnlyList<ReferenceRow> Rows);

/// <param name="Sources">all of them, the conversations first, by the names that importers give, e.g. <c>reddit-movie</c></param>
/// <param name="Items">of the catalogue</param>
/// <param name="Catalogue">the rule of the candidates, as experiments have it</param>
/// <param name="Split">e.g. <c>test</c></param>
public sealed record ReferenceDataset(IReadOnlyList<string> Sources, long Items, string Catalogue, string Split);

/// <param name="Model">as the paper calls it</param>
/// <param name="Protocol">e.g. <c>per-turn</c>; <c>unknown</c> if the paper leaves it open</param>
/// <param name="Ours">which of our rows is the same: <c>method</c>, and options by name; empty if none is</param>
/// <param name="Figures">by metric</param>
public sealed record ReferenceRow(string Model, string Protocol, IReadOnlyDictionary<string, string> Ours, IReadOnlyDictionary<string, ReferenceFigure> Figures)
{
    public const string UnknownProtocol = "unknown";
}

/// <param name="Se">standard error</param>
public readonly record struct ReferenceFigure(double Mean, double Se);
