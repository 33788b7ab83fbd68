namespace Tests.Workbench.Experiments.Broken;

/// <summary>A file that searches, in block style: one key per line.</summary>
internal static class SearchFile
{
    public const string Text = """
        name: tuned
        task: conversation
        seeds: [1, 2]
        jobs: 2
        memory: 4GB
        dataset:
          synthetic:
            users: 1000
            items: 600
            ratings: 100000
        evaluation:
          depth: 100
          cutoffs: [1, 10]
          bootstrap: 200
        objective: ndcg@10
        baselines:
          - most-popular:
              half_life_days: { uniform: [1, 365] }
        trainers:
          - matrix-factorization:
              search: auto
              epochs: 20
          - item2vec:
              algorithm: { choice: [ials, bpr] }
              dimension: { int: [16, 256], log: true }
              regularization: { log: [1e-4, 0.1] }
              rate: { uniform: [0.1, 0.9], when: { algorithm: bpr } }
              epochs: [10, 20]
        llms:
          - gpt-4:
              matches: own
        rerankers:
          - max-pool:
              similarity: { choice: [cosine, dot] }
        search:
          sampler: tpe
          trials: 30
          parallel: 4
          halving:
            min_epochs: 4
            factor: 3
          patience: 10
          min_gain: 0.001
          trial_time: 10m
        budget:
          time: 2h
          trials: 100
        """;
}
