namespace Workbench.Reranking.Fusion;

/// <summary>What a feature knows from: a tier allows some groups, an ablation leaves one out.</summary>
public enum FeatureGroup
{
    /// <summary>No group: an ablation that leaves nothing out.</summary>
    None,

    /// <summary>The language model's list: rank, membership, and whatever is compared with its items.</summary>
    Llm,

    /// <summary>Similarity of item embeddings.</summary>
    Embeddings,

    /// <summary>A recommender of histories, fitted on ratings.</summary>
    Cf,

    /// <summary>How often an item is rated, and how it is rated.</summary>
    Ratings,

    /// <summary>How often an item is recommended or mentioned in fitting dialogues.</summary>
    Popularity,

    /// <summary>How often two items share a fitting dialogue.</summary>
    CoMention,

    /// <summary>The conversation's words, with titles, genres, people, plots, years, and with what was said around an item in fitting dialogues.</summary>
    Text,

    /// <summary>Genres, years, people, plots and title stems, of an item and of those it is compared with.</summary>
    Metadata,
}
