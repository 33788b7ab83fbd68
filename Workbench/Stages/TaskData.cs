using Data;
using Evaluation;
using Microsoft.ML;

namespace Workbench.Stages;

/// <summary>What all rows of an experiment share: what may be learned from, the queries, and what they are judged on.</summary>
/// <param name="Items">I candidates, the catalogue</param>
/// <param name="Sources">what may be learned from: never the queries' targets</param>
/// <param name="Queries">who asks</param>
/// <param name="Holdout">what is to be found</param>
/// <param name="Repeated">items of replies that had been mentioned before, judged apart; null where seen items are left out, as no row could find them</param>
/// <param name="Popularity">I counts for popularity bands and list measures: mentions in the fit split, or training interactions</param>
/// <param name="Candidates">I flags; null if every item may be ranked</param>
/// <param name="CatalogueRow">for each item of the loaded dataset its row among the candidates</param>
/// <param name="Counts">sizes for the report</param>
/// <param name="Notes">what took no part, and why</param>
public sealed record TaskData(
    IReadOnlyList<Item> Items,
    TrainingSources Sources,
    QuerySet Queries,
    Holdout Holdout,
    Holdout? Repeated,
    int[] Popularity,
    bool[]? Candidates,
    int[] CatalogueRow,
    IReadOnlyDictionary<string, long> Counts,
    IReadOnlyList<string> Notes)
{
    /// <summary>Stands in <see cref="CatalogueRow"/> for an item that is not in the catalogue.</summary>
    public const int OutsideCatalogue = int.MinValue;
}

/// <summary>The queries of a task.</summary>
/// <param name="Ids">one per query</param>
/// <param name="Turns">the turns, if queries are turns</param>
/// <param name="View">the queries as ML.NET sees them, with a language model's items per query if given</param>
public sealed record QuerySet(IReadOnlyList<string> Ids, IReadOnlyList<Turn>? Turns, Func<IReadOnlyList<int[]>?, IDataView> View)
{
    public int Count => Ids.Count;
}
