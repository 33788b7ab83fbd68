using Workbench.Reranking.Fusion.Texts;

namespace Workbench.Reranking.Fusion.Features;

/// <summary>How much an item is like the mentioned ones, or the language model's, in what is known of it: genres, people, plot, title stem.</summary>
internal sealed class ContentFeatures(ItemTexts texts, bool llm) : FeatureSource
{
    internal override FeatureGroup Group => FeatureGroup.Metadata;

    internal override IReadOnlyList<FeatureGroup> AlsoNeeds => llm ? [FeatureGroup.Llm] : [];

    internal override IReadOnlyList<int> Leading { get; } = [1, 2, 3];

    internal override IReadOnlyList<string> Names { get; } = llm
        ? ["genres of llm items", "people of llm items", "plots of llm items", "franchise of llm items"]
        : ["genres of mentioned", "people of mentioned", "plots of mentioned", "franchise of mentioned", "genres of last", "franchise of last"];

    internal override void Fill(FusionTurn turn, FeatureColumns columns)
    {
        int[] items = llm ? turn.LlmItems : turn.Mentioned;
        float share = 1f / Math.Max(1, items.Length);
        foreach (int item in items)
        {
            texts.Genres.AddCosine(item, share, columns[0]);
            texts.People.AddCosine(item, 1, columns[1]);
            texts.Plots.AddCosine(item, 1, columns[2]);
            foreach (string stem in texts.Stems.TermsOf(item))
            {
                foreach (int other in texts.Stems.Items(stem))
                    columns[3][other] = other == item ? columns[3][other] : 1;
            }
        }

        if (llm || items.Length == 0)
            return;
        texts.Genres.AddCosine(items[^1], 1, columns[4]);
        foreach (string stem in texts.Stems.TermsOf(items[^1]))
        {
            foreach (int other in texts.Stems.Items(stem))
                columns[5][other] = 1;
        }
    }
}
