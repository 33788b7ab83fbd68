using Trainers.Options;

namespace Workbench.Reranking;

/// <summary>How alike two embeddings are.</summary>
public enum Similarity
{
    /// <summary>e_i . e_j / (|e_i| |e_j|); an item is 1 to itself.</summary>
    Cosine,

    /// <summary>e_i . e_j</summary>
    Dot,
}

/// <summary>Which items candidates are compared with.</summary>
public enum PoolQuery
{
    /// <summary>Those that the language model named.</summary>
    LlmList,

    /// <summary>Those mentioned before the turn.</summary>
    Mentioned,

    /// <summary>All of them.</summary>
    Both,
}

/// <summary>What stands in for a list that names nothing with a vector.</summary>
public enum ListSubstitute
{
    /// <summary>The row's fallback, which is popularity unless the experiment declares another.</summary>
    Fallback,

    /// <summary>The items mentioned before the turn; the fallback where there are none either.</summary>
    Mentioned,
}

/// <summary>Options of every <see cref="Pooling"/>.</summary>
public abstract record PoolingOptions
{
    [Option("how alike two item embeddings are")]
    [Search(Choices = [Similarity.Cosine, Similarity.Dot])]
    public Similarity Similarity { get; init; } = Similarity.Cosine;

    [Option("the items that candidates are compared with")]
    [Search(Choices = [PoolQuery.LlmList, PoolQuery.Mentioned, PoolQuery.Both])]
    public PoolQuery Query { get; init; } = PoolQuery.LlmList;

    [Option("keeps the language model's items in front, in their own order, also where their scores would move them")]
    [Search(Choices = [false, true])]
    public bool LlmFirst { get; init; }

    [Option("what candidates are compared with where the language model names nothing that is known")]
    public ListSubstitute WithoutList { get; init; } = ListSubstitute.Mentioned;
}
