namespace Tests.Workbench.Experiments.Broken;

/// <summary>What only a search can have wrong, one file each, on line 8.</summary>
internal static class SearchMistakes
{
    private const string Head = "name: x\ntask: conversation\ndataset: { path: d }\nbaselines: [random]\ntrainers:\n  - item2vec:\n      epochs: 3\n";

    private static readonly string[] Options =
    [
        "rate: { uniform: [0.5, 0.1] }", "rate: { uniform: [0.5, 0.5] }", "rate: { uniform: [] }", "rate: { uniform: [1] }", "rate: { uniform: [1, 2, 3] }",
        "rate: { uniform: 3 }", "rate: { uniform: }", "rate: { uniform: { low: 1 } }", "rate: { uniform: [a, b] }", "rate: { uniform: [-1, 1] }", "rate: { uniform: [0, .inf] }",
        "rate: { unifrom: [0, 1] }", "rate: { Uniform: [0, 1] }", "rate: { normal: [0, 1] }", "rate: { loguniform: [1, 2] }", "rate: {}", "rate: { when: { algorithm: bpr } }",
        "rate: { log: [0, 1] }", "rate: { log: [1, 0.1] }", "rate: { log: true }", "rate: { uniform: [0, 1], log: [1, 2] }", "rate: { uniform: [0, 1], log: true }",
        "rate: { uniform: [0, 1], choice: [1, 2] }", "rate: { int: [0.5, 2] }", "rate: { uniform: [0, 1], step: 0.1 }", "rate: auto",
        "regularization: { log: [0, 1] }", "regularization: { uniform: [0, 1] }", "regularization: { uniform: [-1, 1] }",
        "dimension: { uniform: [8, 64] }", "dimension: { log: [8, 64] }", "dimension: { int: [64, 8] }", "dimension: { int: [8, 8] }", "dimension: { int: [8, 4096] }",
        "dimension: { int: [0, 64] }", "dimension: { int: [8.5, 64] }", "dimension: { int: [\"8\", 64] }", "dimension: { int: [8, 64], log: yes }", "dimension: { int: [8, 64], log: [1] }",
        "dimension: { int: [8, 64], when: algorithm }", "dimension: { int: [8, 64], log: }",
        "algorithm: { choice: [als, bpr] }", "algorithm: { choice: [] }", "algorithm: { choice: bpr }", "algorithm: { choice: }", "algorithm: { choice: [bpr, ials, bpr] }",
        "algorithm: { int: [1, 2] }", "algorithm: { uniform: [0, 1] }", "algorithm: { choices: [ials, bpr] }", "algorithm: [{ choice: [ials, bpr] }]", "early_stop: { choice: [yes, no] }",
        "rate: { uniform: [0, 1], when: { algoritm: bpr } }", "rate: { uniform: [0, 1], when: { algorithm: als } }", "rate: { uniform: [0, 1], when: { algorithm: bpr } }",
        "rate: { uniform: [0, 1], when: { rate: 0.5 } }", "rate: { uniform: [0, 1], when: {} }", "rate: { uniform: [0, 1], when: }", "rate: { uniform: [0, 1], when: bpr }",
        "rate: { uniform: [0, 1], when: { algorithm: [] } }", "rate: { uniform: [0, 1], when: { dimension: 2000 } }", "rate: { uniform: [0, 1], when: { dimension: 8 } }",
        "rate: { uniform: [0, 1], When: { algorithm: ials } }", "search: all", "search: [auto]", "search: { auto: true }", "search:", "search: \"auto\"", "Search: auto",
        "epochs: { int: [1, 5] }", "rate: { uniform: [0, 1], uniform: [0, 2] }", "rate: { uniform: &low [0, 1] }", "rate: { uniform: *low }", "rate: { ? uniform }",
        "rate: { uniform: [0, 1]", "rate: { uniform: [0, 1 }", "rate: uniform: [0, 1]", "layers: { uniform: [1, 2] }", "layers: { choice: [[0], [1]] }", "note: { choice: [a, [b]] }",
    ];

    private static readonly string[] Tops =
    [
        "search: tpe", "search: [tpe]", "search: { sampler: bayes }", "search: { sampler: TPE }", "search: { trials: 0 }", "search: { trials: many }", "search: { trials: 1.5 }",
        "search: { trial: 5 }", "search: { parallel: 0 }", "search: { seed: -1 }", "search: { halving: 3 }", "search: { halving: asha }", "search: { halving: { min_epoch: 3 } }",
        "search: { halving: { factor: 1 } }", "search: { halving: { min_epochs: 0 } }", "search: { patience: 0 }", "search: { patience: 3, min_gain: -1 }", "search: { min_gain: 0.1 }",
        "search: { grid_points: 3 }", "search: { trial_time: 10 }", "search: { trial_time: fast }", "search: { trial_time: -1m }", "search: { trial_time: [1m] }", "search: { trials: 5, trials: 6 }",
        "search: { trials: 5 }", "searches: { trials: 5 }", "budget: 30m", "budget: { time: 30 }", "budget: { time: 30 minutes }", "budget: { time: 0s }", "budget: { trials: 0 }",
        "budget: { cost: free }", "budget: { cost: -1 }", "budget: { money: 3 }", "budget: [30m]", "llms: [gpt-4: auto]", "llms: [gpt-4: { matches: { choice: [own, recorded] } }]",
        "fallback: { most-popular: auto }", "fallback: { most-popular: { half_life_days: { uniform: [1, 2] } } }", "fallback: auto", "jobs: { int: [1, 2] }", "evaluation: { depth: { int: [5, 9] } }",
        "filter: { min_rating: { uniform: [1, 5] } }", "controls: auto", "reports: auto", "seeds: { choice: [1, 2] }", "memory: { log: [1GB, 2GB] }",
    ];

    public static IEnumerable<BrokenFile> All =>
    [
        .. Options.Select(option => new BrokenFile($"option {option}", $"{Head}      {option}\n      early_stop: true\n".Replace(option.StartsWith("early", StringComparison.Ordinal) ? "      early_stop: true\n" : "\0", "", StringComparison.Ordinal), 8)),
        .. Tops.Select(top => new BrokenFile($"key {top}", $"{Head}{top}\n", 8)),
    ];
}
