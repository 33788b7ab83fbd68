using Data;

namespace Workbench.Reranking.Fusion.Features;

/// <summary>How new an item is, and how near in time to the items of the query and to the years that were said.</summary>
internal sealed class YearFeatures : FeatureSource
{
    private readonly float[] _years; // I; the median where it is not known
    private readonly float[] _logAges; // I
    private readonly int _newest;

    internal YearFeatures(IReadOnlyList<Item> items)
    {
        int[] known = [.. items.Where(item => item.Year is not null).Select(item => item.Year!.Value).Order()];
        float median = known.Length == 0 ? 0 : known[known.Length / 2];
        _newest = known.Length == 0 ? 0 : known[^1];
        _years = [.. items.Select(item => (float?)item.Year ?? median)];
        _logAges = Array.ConvertAll(_years, year => MathF.Log(1 + _newest - year));
    }

    internal override FeatureGroup Group => FeatureGroup.Metadata;

    internal override IReadOnlyList<int> Leading { get; } = [];

    internal override IReadOnlyList<string> Names { get; } =
        ["age", "age, log", "years from mentioned", "years from mentioned, log", "years from llm items", "decade said", "new asked for, age", "old asked for, age", "age, nothing mentioned", "age, squared"];

    internal override void Fill(FusionTurn turn, FeatureColumns columns)
    {
        (float? mentioned, float? listed) = (Mean(turn.Mentioned), Mean(turn.LlmItems));
        bool recent = turn.Text.All.Any(word => word is "new" or "newer" or "recent" or "recently" or "newest" or "latest" or "theater");
        bool old = turn.Text.All.Any(word => word is "old" or "older" or "classic" or "oldie");
        int[] decades = [.. turn.Text.All.Select(Decade).Where(decade => decade > 0).Distinct()];
        for (int item = 0; item < _years.Length; item++)
        {
            float age = _newest - _years[item], log = _logAges[item];
            columns[0][item] = age / 10;
            columns[1][item] = log;
            if (mentioned is { } year)
            {
                columns[2][item] = MathF.Abs(_years[item] - year) / 10;
                columns[3][item] = MathF.Log(1 + MathF.Abs(_years[item] - year));
            }

            if (listed is { } other)
                columns[4][item] = MathF.Log(1 + MathF.Abs(_years[item] - other));
            columns[5][item] = decades.Length > 0 && decades.Contains((int)_years[item] / 10 * 10) ? 1 : 0;
            columns[6][item] = recent ? log : 0;
            columns[7][item] = old ? log : 0;
            columns[8][item] = turn.Mentioned.Length == 0 ? log : 0;
            columns[9][item] = age * age / 1000;
        }
    }

    private float? Mean(int[] items)
    {
        if (items.Length == 0)
            return null;
        float sum = 0;
        foreach (int item in items)
            sum += _years[item];
        return sum / items.Length;
    }

    /// <summary>"80", "80s" (its s is cut) and "1984" mean 1980; 0 for other words.</summary>
    private static int Decade(string word) => int.TryParse(word.TrimEnd('s'), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number)
        ? number switch { >= 1900 and < 2100 => 0, >= 30 and < 100 when number % 10 == 0 => 1900 + number, _ => 0 }
        : 0;
}
