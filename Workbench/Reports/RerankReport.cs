namespace Workbench.Reports;

/// <summary>What reranking did to the lists of language models. Lists are those of the first seed.</summary>
/// <param name="Name">of the experiment</param>
/// <param name="Synthetic">the data are generated</param>
/// <param name="K">the first k places are looked at: the objective's cut-off</param>
/// <param name="Persistence">p of rank-biased overlap</param>
/// <param name="Funnels">where targets are lost, a row per language model</param>
/// <param name="Rows">reranked rows and controls, in the leaderboard's order</param>
/// <param name="Examples">conversations before and after; empty unless asked for</param>
public sealed record RerankReport(
    string Name, bool Synthetic, int K, double Persistence, IReadOnlyList<TargetFunnel> Funnels, IReadOnlyList<RerankedRow> Rows, IReadOnlyList<RerankExample> Examples);

/// <summary>How many targets reach each stage of a language model's list, in order.</summary>
/// <param name="Model">label of its row</param>
/// <param name="Targets">of all turns asked, those outside the catalogue included</param>
/// <param name="Named">whose title stands in the reply; titles of fewer than six letters count only if they were matched</param>
/// <param name="Matched">that the matcher found</param>
/// <param name="InCatalogue">of these, in the catalogue</param>
/// <param name="Listed">of these, in the list that is ranked: the ceiling of whatever only reorders it</param>
/// <param name="InTopK">of these, in its first k places</param>
/// <param name="Reachable">targets in the catalogue, named or not: the ceiling of whatever ranks all items</param>
public sealed record TargetFunnel(string Model, int Targets, int Named, int Matched, int InCatalogue, int Listed, int InTopK, int Reachable);

/// <summary>A reranked row beside its language model's list.</summary>
/// <param name="Row">label</param>
/// <param name="Model">label of the language model's row</param>
/// <param name="Comparisons">with the language model's own order; p after Holm</param>
/// <param name="Overlap">mean rank-biased overlap with the list, over queries with one</param>
/// <param name="NewPlaces">mean number of the first k that the list does not have among its first k</param>
/// <param name="Hits">targets in its first k places</param>
/// <param name="KeptHits">of these, in the list's first k too</param>
/// <param name="LiftedHits">of these, further down in the list</param>
/// <param name="FoundHits">of these, not in the list at all</param>
/// <param name="LostHits">targets in the list's first k and not in this row's</param>
/// <param name="Promoted">items that are in more of the first k than before: titles with the gain, greatest first</param>
/// <param name="Demoted">items that are in fewer</param>
/// <param name="Popularity">of what it recommends; null if it has no list measures</param>
public sealed record RerankedRow(
    string Row, string Model, IReadOnlyList<RowComparison> Comparisons, double Overlap, double NewPlaces,
    int Hits, int KeptHits, int LiftedHits, int FoundHits, int LostHits,
    IReadOnlyList<(string Title, int Times)> Promoted, IReadOnlyList<(string Title, int Times)> Demoted, RecommendedPopularity? Popularity);

/// <summary>How popular the first k places are.</summary>
/// <param name="Average">ARP: mean over lists of their items' mean count</param>
/// <param name="Shares">of the places, by band</param>
public sealed record RecommendedPopularity(double? Average, double Gini, double Coverage, IReadOnlyList<(string Band, double Share)> Shares);

/// <summary>A conversation with the list before and after.</summary>
/// <param name="Context">what was said, a line each</param>
/// <param name="Targets">titles of what was recommended then</param>
/// <param name="Before">the language model's first k</param>
/// <param name="After">the row's first k</param>
public sealed record RerankExample(string Row, string Turn, IReadOnlyList<string> Context, IReadOnlyList<string> Targets, IReadOnlyList<string> Before, IReadOnlyList<string> After);
