using Workbench.Reranking.Fusion.Texts;

namespace Workbench.Reranking.Fusion.Features;

/// <summary>Words of titles and plots, and names of people, that were said.</summary>
internal sealed class WordFeatures(ItemTexts texts) : FeatureSource
{
    internal override FeatureGroup Group => FeatureGroup.Text;

    internal override IReadOnlyList<int> Leading { get; } = [0, 3, 6];

    internal override IReadOnlyList<string> Names { get; } =
        ["plot words said", "plot words said by the seeker", "plot words said last", "title words said", "title said, share", "title words said last", "people said", "people said last", "parts of names said", "genre words in plots"];

    internal override void Fill(FusionTurn turn, FeatureColumns columns)
    {
        ConversationText text = turn.Text;
        Plots(text.Words, columns[0]);
        Plots(text.SeekerWords, columns[1]);
        Plots(text.LastWords, columns[2]);
        texts.Titles.AddWeights(text.Words, columns[3]);
        texts.Titles.AddWeights(text.LastWords, columns[5]);
        for (int item = 0; item < columns.ItemCount; item++)
        {
            double mass = texts.Titles.Sum(item);
            columns[4][item] = mass > 0 ? (float)(columns[3][item] / mass) : 0;
        }

        HashSet<string> names = FullNames(text.All);
        foreach (string name in names)
        {
            foreach (int item in texts.People.Items(name))
                columns[6][item]++;
        }

        foreach (string name in names.Where(name => text.LastWords.Contains(name[(name.LastIndexOf(' ') + 1)..])))
        {
            foreach (int item in texts.People.Items(name))
                columns[7][item]++;
        }

        texts.Names.AddWeights(text.Words, columns[8]);
        Plots(GenreWords.In(text.Words), columns[9]);
    }

    private void Plots(IEnumerable<string> words, Span<float> scores)
    {
        texts.Plots.AddWeights(words, scores);
        for (int item = 0; item < scores.Length; item++)
            scores[item] /= (float)Math.Max(1, Math.Sqrt(texts.Plots.Norm(item)));
    }

    /// <summary>Full names among neighbouring words, of two or three parts.</summary>
    private HashSet<string> FullNames(List<string> words)
    {
        var found = new HashSet<string>();
        for (int i = 0; i + 1 < words.Count; i++)
        {
            string two = $"{words[i]} {words[i + 1]}";
            if (texts.People.Has(two))
                found.Add(two);
            if (i + 2 < words.Count && texts.People.Has($"{two} {words[i + 2]}"))
                found.Add($"{two} {words[i + 2]}");
        }

        return found;
    }
}
