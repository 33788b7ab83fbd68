using Workbench.Reranking.Fusion.Texts;

namespace Workbench.Reranking.Fusion.Features;

/// <summary>A weight for each genre: what people talk of at all.</summary>
internal sealed class GenrePriorFeatures : FeatureSource
{
    // Rarer terms teach nothing.
    private const int Least = 40;

    private readonly ItemTexts _texts;
    private readonly string[] _terms;

    internal GenrePriorFeatures(ItemTexts texts)
    {
        _texts = texts;
        _terms = [.. Enumerable.Range(0, texts.Items.Count).SelectMany(texts.Genres.TermsOf).Distinct().Where(term => texts.Genres.Items(term).Length >= Least).Order(StringComparer.Ordinal)];
        Names = [.. _terms.Select(term => $"genre {term}")];
    }

    internal override FeatureGroup Group => FeatureGroup.Metadata;

    internal override IReadOnlyList<int> Leading { get; } = [];

    internal override IReadOnlyList<string> Names { get; }

    internal override void Fill(FusionTurn turn, FeatureColumns columns)
    {
        for (int k = 0; k < _terms.Length; k++)
        {
            foreach (int item in _texts.Genres.Items(_terms[k]))
                columns[k][item] = 1;
        }
    }
}
