using Workbench.Reranking.Fusion.Texts;

namespace Workbench.Reranking.Fusion.Features;

/// <summary>Genres that were asked for, or refused, and that an item has.</summary>
internal sealed class GenreFeatures(ItemTexts texts) : FeatureSource
{
    internal override FeatureGroup Group => FeatureGroup.Text;

    internal override IReadOnlyList<int> Leading { get; } = [4];

    internal override IReadOnlyList<string> Names { get; } =
        ["genres said", "genres said by the seeker", "genres said last", "genres refused", "genres said, share", "genres not said, share"];

    internal override void Fill(FusionTurn turn, FeatureColumns columns)
    {
        string[] refused = GenreWords.In(turn.Text.Refused);
        string[] said = [.. GenreWords.In(turn.Text.Words).Where(texts.Genres.Has)];
        texts.Genres.AddWeights(said, columns[0]);
        texts.Genres.AddWeights(GenreWords.In(turn.Text.SeekerWords).Except(refused), columns[1]);
        texts.Genres.AddWeights(GenreWords.In(turn.Text.LastWords), columns[2]);
        texts.Genres.AddWeights(refused, columns[3]);
        if (said.Length == 0)
            return;
        var dots = new float[columns.ItemCount];
        foreach (string term in said)
        {
            float weight = (float)texts.Genres.Weight(term);
            foreach (int item in texts.Genres.Items(term))
                dots[item] += weight * weight;
        }

        double mass = Math.Sqrt(said.Sum(term => texts.Genres.Weight(term) * texts.Genres.Weight(term)));
        for (int item = 0; item < columns.ItemCount; item++)
        {
            double norm = texts.Genres.Norm(item), own = texts.Genres.Sum(item);
            columns[4][item] = norm > 0 ? (float)(dots[item] / (norm * mass)) : 0;
            columns[5][item] = own > 0 ? (float)((own - columns[0][item]) / own) : 0;
        }
    }
}
