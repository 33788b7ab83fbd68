namespace Tests.Workbench.Experiments;

/// <summary>A file with every key.</summary>
internal static class ExampleFile
{
    public const string Text = """
        name: synthetic
        task: conversation              # what is predicted
        seeds: [1, 2, 3]
        jobs: 2
        threads: 4
        memory: 8GB
        dataset:
          synthetic: { ratings: 100000, users: 1000, items: 600, conversations: 400, seed: 7 }
        catalogue: linked
        train_items: all
        filter: { min_item_ratings: 5, min_user_ratings: 2, iterate: true, min_rating: 3.5 }
        split: { by: dataset }
        train_through: validation
        evaluation:
          protocols: [per-turn, per-item]
          metrics: [hit, ndcg]
          cutoffs: [1, 5, 20]
          depth: 100
          exclude_seen: false
          bootstrap: 200
          split: validation
        objective: mrr@10
        baselines:
          - random
          - most-popular: { half_life_days: [0, 365] }
        trainers:
          - matrix-factorization:
              dimension: [64, 128]
              regularization: [0.01, 1e-3]
              algorithm: bpr
              layers: [[8], [8, 4]]
          - item2vec
        llms:
          - gpt-3.5-turbo: { replies: recorded, matches: own }
          - gpt-4: { matches: recorded }
        rerankers:
          - max-pool: { similarity: [cosine, dot], llms: [gpt-4], embeddings: [item2vec] }
          - mean-pool
        controls: [fill-popular, fill-random]
        fallback:
          most-popular: { half_life_days: 30 }
        reports: { formats: [md, json], trec: true }
        """;
}
