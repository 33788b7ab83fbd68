using System.Text.Json.Nodes;
using Workbench.Experiments;

namespace Tests.Workbench.Experiments;

public sealed class ExperimentSchemaTests
{
    private const string Head = "name: x\ntask: conversation\ndataset: { path: d }\nbaselines: [random]\n";

    private static readonly SchemaValidator Validator = new(JsonNode.Parse(ExperimentSchema.ToJson(TestCatalogs.All))!.AsObject());

    public static TheoryData<string> Good =>
    [
        ExampleFile.Text,
        Head,
        Head + "seed: 3\n",
        Head + "trainers:\n  - item2vec\n  - matrix-factorization:\n  - matrix-factorization: { epochs: [none, 3], layers: [1, 2], dimension: 3 }\n",
        Head + "fallback: { most-popular: { half_life_days: 3 } }\nllms: gpt-4\ntrainers:\n",
        "name: x\ntask: next-item\ndataset: { synthetic: }\nbaselines: [most-popular: { half_life_days: [0, 1.5] }]\nsplit: { by: global-time, quantile: 0.8 }\n",
        "name: x\ntask: next-item\ndataset: { ratings: a }\nbaselines: random\nmemory: 1.5 GiB\n",
        Head + "trainers:\n  - item2vec: { dimension: { int: [8, 64], log: true }, rate: { uniform: [0, 0.5] }, regularization: { log: [1e-4, 1] } }\n",
        Head + "trainers:\n  - item2vec: { algorithm: { choice: [ials, bpr] }, epochs: { choice: [none, 3], when: { algorithm: [bpr] } }, early_stop: { choice: [true, false] } }\n",
        Head + "trainers:\n  - item2vec: { dimension: [8, 16], layers: { choice: [[1], [2, 3]] }, note: { choice: [a, b], when: { dimension: 8 } }, rate: { int: [1, 3] } }\n",
        Head + "trainers: [matrix-factorization: auto, item2vec: { search: auto, algorithm: bpr, dimension: 8 }]\n",
        "name: x\ntask: conversation\ndataset: { path: d }\ntrainers: [item2vec]\nbaselines: [most-popular: { half_life_days: { uniform: [1, 90] } }]\n",
        Head + "trainers: [item2vec: { rate: { uniform: [0, 1] } }]\nsearch: { sampler: random, trials: 5, seed: 1, parallel: 2, halving: none, patience: 3, min_gain: 0.1, trial_time: 10m }\nbudget: { time: 2h, trials: 9, cost: 1 }\n",
        Head + "trainers: [item2vec: { rate: { uniform: [0, 1] } }]\nsearch: { sampler: grid, grid_points: 3 }\nbudget: { time: 1.5 h }\n",
        Head + "search:\nbudget: {}\n",
    ];

    /// <summary>Mistakes that a schema can see.</summary>
    public static TheoryData<string> Bad =>
    [
        "task: conversation\ndataset: { path: d }\n",
        "name: X\ntask: conversation\ndataset: { path: d }\n",
        "name: x\ntask: talk\ndataset: { path: d }\n",
        "name: x\ntask: conversation\ndataset: { path: d, synthetic: {} }\n",
        "name: x\ntask: conversation\ndataset: { path: d, ratings: [a] }\n",
        "name: x\ntask: conversation\ndataset: { synthetic: { users: 0 } }\n",
        Head + "seed: 1\nseeds: [1]\n",
        Head + "seeds: []\n",
        Head + "seeds: [1, 1]\n",
        Head + "seed: -1\n",
        Head + "seed: one\n",
        Head + "catalouge: rated\n",
        Head + "catalogue: ratings\n",
        Head + "jobs: \"2\"\n",
        Head + "jobs: 1.5\n",
        Head + "memory: 8\n",
        Head + "memory: 8 apples\n",
        Head + "evaluation: { metrics: [ndgc] }\n",
        Head + "objective: ndcg\n",
        Head + "filter: 5\n",
        Head + "trainers: [als]\n",
        Head + "trainers: [item2vec: { dimension: 0 }]\n",
        Head + "trainers: [item2vec: { dimension: [8, x] }]\n",
        Head + "trainers: [item2vec: { dimension: [8, 8] }]\n",
        Head + "trainers: [item2vec: { regularization: 0 }]\n",
        Head + "trainers: [item2vec: { dimensoin: 8 }]\n",
        Head + "trainers: [{ item2vec: {}, matrix-factorization: {} }]\n",
        Head + "trainers: { item2vec: {} }\n",
        Head + "llms: [a/b]\n",
        Head + "llms: [gpt-4: { matches: mine }]\n",
        Head + "rerankers: [max-pool: { llm: gpt-4 }]\n",
        Head + "fallback: [random]\n",
        Head + "trainers: [item2vec: { rate: { uniform: [0] } }]\n",
        Head + "trainers: [item2vec: { rate: { uniform: [0, 1, 2] } }]\n",
        Head + "trainers: [item2vec: { rate: { uniform: [1, 1] } }]\n",
        Head + "trainers: [item2vec: { rate: { uniform: [-1, 1] } }]\n",
        Head + "trainers: [item2vec: { rate: { uniform: [0, x] } }]\n",
        Head + "trainers: [item2vec: { rate: { unifrom: [0, 1] } }]\n",
        Head + "trainers: [item2vec: { rate: { uniform: [0, 1], log: [1, 2] } }]\n",
        Head + "trainers: [item2vec: { rate: {} }]\n",
        Head + "trainers: [item2vec: { rate: { uniform: [0, 1], when: { dimenson: 3 } } }]\n",
        Head + "trainers: [item2vec: { rate: { uniform: [0, 1], when: {} } }]\n",
        Head + "trainers: [item2vec: { dimension: { uniform: [8, 16] } }]\n",
        Head + "trainers: [item2vec: { dimension: { int: [8, 2048] } }]\n",
        Head + "trainers: [item2vec: { dimension: { int: [8, 16], log: 2 } }]\n",
        Head + "trainers: [item2vec: { algorithm: { int: [1, 2] } }]\n",
        Head + "trainers: [item2vec: { algorithm: { choice: [als] } }]\n",
        Head + "trainers: [item2vec: { algorithm: { choice: [] } }]\n",
        Head + "trainers: [item2vec: { algorithm: { choice: [bpr, bpr] } }]\n",
        Head + "trainers: [item2vec: { search: all }]\n",
        Head + "trainers: [item2vec: automatic]\n",
        "name: x\ntask: conversation\ndataset: { path: d }\nbaselines: auto\n",
        Head + "llms: [gpt-4: { matches: { choice: [own, recorded] } }]\n",
        Head + "llms: [gpt-4: auto]\n",
        Head + "fallback: { most-popular: auto }\n",
        Head + "search: { sampler: bayes }\n",
        Head + "search: { trials: 0 }\n",
        Head + "search: { halving: 3 }\n",
        Head + "search: { halving: { factor: 1 } }\n",
        Head + "search: { trial_time: 10 }\n",
        Head + "budget: { time: 2 hours }\n",
        Head + "budget: { cost: -1 }\n",
    ];

    [Theory]
    [MemberData(nameof(Good))]
    public void What_the_reader_takes_fits_the_schema(string text)
    {
        Assert.Empty(TestCatalogs.Read(text).Errors);
        Assert.True(Validator.IsValid(YamlToJson.Convert(text)));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_the_schema_refuses_the_reader_refuses(string text)
    {
        Assert.NotEmpty(TestCatalogs.Read(text).Errors);
        Assert.False(Validator.IsValid(YamlToJson.Convert(text)));
    }

    [Fact]
    public void Every_option_is_described_with_its_default_and_range()
    {
        JsonNode schema = JsonNode.Parse(ExperimentSchema.ToJson(TestCatalogs.All))!;
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema["$schema"]!.GetValue<string>());
        JsonNode dimension = schema["$defs"]!["trainer.matrix-factorization"]!["properties"]!["dimension"]!;
        Assert.Equal("length of a vector", dimension["description"]!.GetValue<string>());
        Assert.Equal(64, dimension["default"]!.GetValue<int>());
        Assert.Equal("""{"type":"integer","minimum":1,"maximum":1024}""", dimension["anyOf"]![0]!.ToJsonString());
        Assert.Equal("factors", schema["$defs"]!["trainer.matrix-factorization"]!["description"]!.GetValue<string>());
    }

    [Fact]
    public void The_text_is_the_same_under_every_culture()
    {
        string expected = ExperimentSchema.ToJson(TestCatalogs.All);
        Assert.EndsWith("}\n", expected, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', expected);
        Cultures.Each(() => Assert.Equal(expected, ExperimentSchema.ToJson(TestCatalogs.All)));
    }
}
