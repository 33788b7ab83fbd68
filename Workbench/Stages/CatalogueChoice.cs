using Data;
using Data.Splitting;
using Workbench.Experiments;

namespace Workbench.Stages;

/// <summary>The catalogue that an experiment asks for.</summary>
internal static class CatalogueChoice
{
    internal static Catalogue Of(LinkedDataset dataset, Experiment experiment) => CatalogueRestriction.Apply(
        dataset,
        experiment.Catalogue switch
        {
            CandidateRule.Rated => CatalogueKind.Rated,
            CandidateRule.Linked => CatalogueKind.Linked,
            _ => CatalogueKind.All,
        },
        experiment.TrainItems == TrainItems.All);
}
