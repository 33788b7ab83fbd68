namespace Workbench.Reranking.Fusion.Features;

/// <summary>How often an item is rated.</summary>
internal sealed class RatingFeatures(float[] counts) : FeatureSource
{
    private readonly float[] _logs = Array.ConvertAll(counts, count => MathF.Log(1 + count));

    internal override FeatureGroup Group => FeatureGroup.Ratings;

    internal override IReadOnlyList<string> Names { get; } = ["log ratings", "log ratings, squared", "log ratings, nothing mentioned"];

    internal override void Fill(FusionTurn turn, FeatureColumns columns)
    {
        for (int item = 0; item < _logs.Length; item++)
        {
            float log = _logs[item];
            columns[0][item] = log;
            columns[1][item] = log * log / 10;
            columns[2][item] = turn.Mentioned.Length == 0 ? log : 0;
        }
    }
}
