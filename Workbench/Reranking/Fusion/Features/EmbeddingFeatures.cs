using System.Numerics.Tensors;

namespace Workbench.Reranking.Fusion.Features;

/// <summary>Cosines of an item's embedding with those of the language model's items, or of the mentioned ones. An item is not compared with itself.</summary>
internal sealed class EmbeddingFeatures(string name, CosineRows cosines, bool llm) : FeatureSource
{
    internal override FeatureGroup Group => FeatureGroup.Embeddings;

    internal override IReadOnlyList<FeatureGroup> AlsoNeeds => llm ? [FeatureGroup.Llm] : [];

    internal override IReadOnlyList<int> Leading { get; } = [0, 2];

    internal override IReadOnlyList<string> Names { get; } =
        [$"{name}: max to {To(llm)}", $"{name}: mean to {To(llm)}", $"{name}: weighted to {To(llm)}"];

    internal override void Fill(FusionTurn turn, FeatureColumns columns)
    {
        int[] items = llm ? turn.LlmItems : turn.Mentioned;
        if (items.Length == 0)
            return;
        Span<float> max = columns[0], mean = columns[1], weighted = columns[2];
        max.Fill(-1);
        float weights = 0;
        for (int place = 0; place < items.Length; place++)
        {
            // The model's best first, the latest mention first.
            float weight = Discount(llm ? place : items.Length - 1 - place);
            weights += weight;
            ReadOnlySpan<float> row = cosines[items[place]];
            TensorPrimitives.Max(max, row, max);
            TensorPrimitives.Add(mean, row, mean);
            TensorPrimitives.MultiplyAdd(row, weight, weighted, weighted);
        }

        TensorPrimitives.Divide(mean, items.Length, mean);
        TensorPrimitives.Divide(weighted, weights, weighted);
    }

    private static string To(bool llm) => llm ? "llm items" : "mentioned";
}
