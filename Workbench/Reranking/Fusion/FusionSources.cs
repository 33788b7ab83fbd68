using Trainers;
using Workbench.Reranking.Fusion.Texts;

namespace Workbench.Reranking.Fusion;

/// <summary>A set of item embeddings under the name of what made it.</summary>
public sealed record EmbeddingSet(string Name, ItemEmbeddings Embeddings);

/// <summary>What a fusion knows beside the turns: nothing of the dialogues that it ranks.</summary>
/// <param name="items">I items</param>
/// <param name="embeddings">any number of sets</param>
/// <param name="collaborative">fitted on ratings; null for none</param>
/// <param name="ratings">I numbers of ratings</param>
/// <param name="spoken">turns of train and validation dialogues, for statistics; may be empty</param>
public sealed class FusionSources(
    IReadOnlyList<Data.Item> items, IReadOnlyList<EmbeddingSet> embeddings, IHistoryScorer? collaborative, float[] ratings, IReadOnlyList<FittingTurn> spoken)
{
    public IReadOnlyList<Data.Item> Items => items;

    public IReadOnlyList<EmbeddingSet> Embeddings => embeddings;

    public IHistoryScorer? Collaborative => collaborative;

    public float[] Ratings => ratings;

    public IReadOnlyList<FittingTurn> Spoken => spoken;

    internal ItemTexts Texts { get; } = new(items);
}
