using Workbench.Experiments;

namespace Tests.Workbench.Experiments;

/// <summary>Every file has exactly one mistake, reported at its line and column.</summary>
public sealed class BrokenFileTests
{
    /// <summary>Four right lines: what is appended begins in line 5.</summary>
    private const string Head = "name: x\ntask: conversation\ndataset: { path: d }\nbaselines: [random]\n";

    private const string Next = "name: x\ntask: next-item\ndataset: { path: d }\nbaselines: [random]\n";

    private const string Rows = Head + "trainers: [item2vec]\nllms: [gpt-4]\n";

    public static TheoryData<string, string, string> Files => new()
    {
        // Syntax.
        { "", "1:1", "the file is empty" },
        { "# nothing\n", "1:1", "the file is empty" },
        { "- a\n- b\n", "1:1", "an experiment is a mapping" },
        { "just a text", "1:1", "an experiment is a mapping" },
        { Head + "filter:\n\tmin_rating: 1\n", "6:1", "a tab in the indentation: YAML indents with spaces only" },
        { Head + "trainers:\n  -\titem2vec\n  - a", "6:4", "a tab in the indentation" },
        { Head + "seeds: [1, 2\n", "5:8", "not valid YAML: the list that begins here with `[` has no `]`" },
        { Head + "seeds: 1]\nx: [}\n", "6:5", "not valid YAML" },
        { Head + "reports: { trec: true\nseed: 1\n", "5:10", "not valid YAML: the mapping that begins here with `{` has no `}`" },
        { Head + "reports: {\n  trec: true\n  formats: [md]\n}\n", "7:10", "not valid YAML" },
        { Head + "jobs 2\nthreads: 2\n", "5:1", "not valid YAML: did not find expected key" },
        { "name x\ntask: conversation\n", "1:1", "not valid YAML: `name x` has no colon: a line is `key: value`" },
        { Head + "memory: \"8GB\n", "5:9", "not valid YAML: found unexpected end of stream (while scanning a quoted scalar)" },
        { Head + "filter:\n  min_rating: 1\n min_item_ratings: 2\n", "7:2", "not valid YAML" },
        { Head + "seed: 1\n---\nname: y\n", "6:1", "a second document begins here" },
        { Head + "seed: &one 1\n", "5:7", "the anchor `&one` is not supported" },
        { Head + "seed: *one\n", "5:7", "the alias `*one` is not supported" },
        { Head + "seed: !!int 1\n", "5:7", "the tag `tag:yaml.org,2002:int` is not supported" },
        { Head + "[a, b]: 1\n", "5:1", "a key must be a name" },
        { Head + "seed: 1\nthreads: 2\nseed: 3\n", "7:1", "`seed` is given twice (first in line 5)" },
        { Head + "evaluation: { depth: 5, cutoffs: [1], depth: 6 }\n", "5:39", "`depth` is given twice" },
        { Head + "jobs: 1\u0001\n", "5:8", "the control character U+0001 is not allowed" },
        { Head + "seeds: " + new string('[', 50) + new string(']', 50), "5:40", "nested more than 32 levels deep" },

        // Keys.
        { Head + "catalouge: rated\n", "5:1", "there is no option `catalouge`; did you mean `catalogue`? (known: name, task, seeds, " },
        { Head + "Seed: 1\n", "5:1", "there is no option `Seed`; did you mean `seeds`?" },
        { Head + "xyzzy: 1\n", "5:1", "there is no option `xyzzy` (known: name" },
        { Head + "evaluation:\n  cutofs: [1]\n", "6:3", "there is no option `cutofs` of `evaluation`; did you mean `cutoffs`? (known: protocols, " },
        { Head + "configurations: []\n", "5:1", "there is no option `configurations`" },
        { "task: conversation\ndataset: { path: d }\nbaselines: [random]\n", "1:1", "the key `name` is missing" },
        { "name: x\ndataset: { path: d }\nbaselines: [random]\n", "1:1", "the key `task` is missing: what is predicted" },
        { "\n\nname: x\ntask: conversation\nbaselines: [random]\n", "3:1", "the key `dataset` is missing" },
        { Head + "seed: 1\nseeds: [1]\n", "6:1", "`seeds` and `seed` exclude each other" },
        { Head + "? [a]\n: 1\n", "5:3", "a key must be a name" },

        // Types and ranges.
        { Head + "jobs: many\n", "5:7", "`jobs` must be a whole number from 1 to 1024, not many" },
        { Head + "jobs: \"2\"\n", "5:7", "`jobs` must be a whole number from 1 to 1024, not the text \"2\": remove the quotes" },
        { Head + "jobs: \"many\"\n", "5:7", "not the text \"many\"" },
        { Head + "jobs: 1.5\n", "5:7", "`jobs` must be a whole number" },
        { Head + "jobs: 1,000\n", "5:7", "`jobs` must be a whole number" },
        { Head + "jobs: 0\n", "5:7", "`jobs` must be a whole number from 1 to 1024, not 0" },
        { Head + "jobs: 99999999999\n", "5:7", "not 99999999999: that is too large" },
        { Head + "jobs: [1]\n", "5:7", "`jobs` must be a whole number from 1 to 1024, not a list" },
        { Head + "jobs: { a: 1 }\n", "5:7", "`jobs` must be a whole number from 1 to 1024, not a mapping" },
        { Head + "jobs:\nthreads: 2\n", "5:6", "`jobs` must be a whole number from 1 to 1024, not empty" },
        { Head + "jobs: true\n", "5:7", "`jobs` must be a whole number" },
        { Head + "seeds: [1, -2]\n", "5:12", "`seeds` must be a whole number of at least 0, not -2" },
        { Head + "seeds: []\n", "5:8", "`seeds` needs at least 1 value" },
        { Head + "seeds: [1, 2, 1]\n", "5:15", "1 is given twice in `seeds`" },
        { Head + "seeds: { a: 1 }\n", "5:8", "`seeds` must be a list such as [a, b], not a mapping" },
        { Head + "seeds: [1, [2]]\n", "5:12", "`seeds` must be a whole number of at least 0, not a list" },
        { Head + "memory: 8\n", "5:9", "`memory` must be an amount of memory such as 500MB or 8GB, not 8" },
        { Head + "memory: 8 bananas\n", "5:9", "not 8 bananas" },
        { Head + "store: mysql\n", "5:8", "`store` must be one of sqlite, postgres, not mysql" },
        { Head + "store: postgres\nartifacts_in_database: 1GB\n", "6:24", "`artifacts_in_database` must be at most 256MB, not 1GB" },
        { Head + "catalogue: ratd\n", "5:12", "`catalogue` must be one of rated, linked, all, not ratd; did you mean `rated`?" },
        { Head + "filter: { iterate: yes }\n", "5:20", "`iterate` must be true or false, not yes" },
        { Head + "filter: { min_rating: 0,5 }\n", "5:25", "there is no option `5` of `filter`" },
        { Head + "filter:\n  min_rating: 0,5\n", "6:15", "`min_rating` must be a number from 0 to 100, not 0,5" },
        { Head + "filter:\n  min_rating: .nan\n", "6:15", "`min_rating` must be a number from 0 to 100, not .nan" },
        { Head + "filter:\n  min_rating: 1e999\n", "6:15", "`min_rating` must be a number from 0 to 100, not 1e999" },
        { Head + "filter: 5\n", "5:9", "`filter` must be a mapping of keys to values, not 5 (known: min_item_ratings, " },
        { Head + "evaluation: { metrics: [hit, ndgc] }\n", "5:30", "has no metric `ndgc`; did you mean `ndcg`? (known: hit, ndcg, mrr, recall)" },
        { Head + "objective: ndcg\n", "5:12", "`objective` must be a metric at a cutoff, such as ndcg@10, not ndcg" },
        { Head + "objective: ndgc@10\n", "5:12", "`objective` has no metric `ndgc`; did you mean `ndcg`?" },
        { "name: My Name\ntask: conversation\ndataset: { path: d }\nbaselines: [random]\n", "1:7", "`name` must be lower-case letters, digits, `.`, `_` and `-`" },
        { "name: ..\ntask: conversation\ndataset: { path: d }\nbaselines: [random]\n", "1:7", "`name` must be" },
        { "name: \"x\\n\"\ntask: conversation\ndataset: { path: d }\nbaselines: [random]\n", "1:7", "`name` must be" },

        // Datasets.
        { "name: x\ntask: conversation\ndataset: {}\nbaselines: [random]\n", "3:10", "`dataset` needs one of `synthetic`, `path` (a linked folder) or `ratings`" },
        { "name: x\ntask: conversation\ndataset: { path: d, synthetic: {} }\nbaselines: [random]\n", "3:21", "`synthetic` and `path` exclude each other" },
        { "name: x\ntask: conversation\ndataset: { ratings: [a] }\nbaselines: [random]\n", "3:10", "`dataset` needs `conversations` for the task conversation" },
        { "name: x\ntask: conversation\ndataset: { conversations: a }\nbaselines: [random]\n", "3:10", "`dataset` needs `ratings`" },
        { "name: x\ntask: next-item\ndataset: { ratings: [a], imdb_links: b }\nbaselines: [random]\n", "3:38", "`imdb_links` links conversations with ratings" },
        { "name: x\ntask: conversation\ndataset: { path: \"a\\0b\" }\nbaselines: [random]\n", "3:18", "`path` must be the path of a file or folder" },
        { "name: x\ntask: conversation\ndataset: ml-1m\nbaselines: [random]\n", "3:10", "`dataset` must be a mapping of keys to values, not ml-1m" },
        { "name: x\ntask: conversation\ndataset: { synthetic: { users: 0 } }\nbaselines: [random]\n", "3:32", "`users` must be a whole number from 1 to 2000000, not 0" },

        // Rows.
        { "name: x\ntask: conversation\ndataset: { path: d }\n", "1:1", "there are no rows" },
        { Head + "trainers:\n  - matrix-factorisation\n", "6:5", "there is no trainer `matrix-factorisation`; did you mean `matrix-factorization`? (known: matrix-factorization, item2vec)" },
        { Head + "trainers:\n  - matrix-factorization: { dimensoin: 8 }\n", "6:29", "there is no option `dimensoin` of `matrix-factorization`; did you mean `dimension`? (known: dimension, " },
        { Head + "trainers:\n  - matrix-factorization: { dimension: -3 }\n", "6:40", "`dimension` must be a whole number from 1 to 1024, not -3" },
        { Head + "trainers:\n  - item2vec: { dimension: [8, x] }\n", "6:32", "`dimension` must be a whole number from 1 to 1024, not x" },
        { Head + "trainers:\n  - item2vec: { epochs: 0 }\n", "6:25", "`epochs` must be a whole number of at least 1, not 0" },
        { Head + "trainers:\n  - item2vec: { regularization: 0 }\n", "6:33", "`regularization` must be a number greater than 0, not 0" },
        { Head + "trainers:\n  - item2vec: { regularization: small }\n", "6:33", "not small" },
        { Head + "trainers:\n  - item2vec: { algorithm: als }\n", "6:28", "`algorithm` must be one of ials, bpr, sampled-softmax, not als; did you mean `ials`?" },
        { Head + "trainers:\n  - item2vec: { dimension: [] }\n", "6:28", "`dimension` has an empty list" },
        { Head + "trainers:\n  - item2vec: { dimension: [8, 8] }\n", "6:32", "8 is given twice in `dimension`" },
        { Head + "trainers:\n  - item2vec: { dimension: }\n", "6:28", "`dimension` must be a whole number from 1 to 1024, not empty" },
        { Head + "trainers:\n  - item2vec: { layers: [4, 0] }\n", "6:29", "`layers` must be a whole number of at least 1, not 0" },
        { Head + "trainers:\n  - item2vec: [8]\n", "6:15", "`item2vec` must be followed by a mapping of options, not a list" },
        { Head + "trainers:\n  - item2vec:\n    dimension: 8\n", "7:5", "`dimension` stands beside `item2vec`: indent the options below the name" },
        { Head + "trainers:\n  - { item2vec: {}, matrix-factorization: {} }\n", "6:21", "a second name `matrix-factorization` in one entry: begin each trainer with `- `" },
        { Head + "trainers:\n  item2vec: { dimension: 8 }\n", "6:3", "`trainers` must be a list: begin each entry with `- `" },
        { Head + "trainers:\n  - [item2vec]\n", "6:5", "an entry of `trainers` must be a name, or a name with options such as `matrix-factorization: { option: value }`, not a list" },
        { Head + "trainers:\n  -\n", "6:4", "an entry of `trainers` must be a name, or a name with options" },
        { Head + "trainers:\n  - item2vec\n  - item2vec: { dimension: 64 }\n", "7:5", "the trainer `item2vec` is given twice with the same options (first in line 6)" },
        { "name: x\ntask: conversation\ndataset: { path: d }\nbaselines:\n  - most-popular: { half_life_days: 3, window_days: 2 }\n", "5:5", "`most-popular`: half_life_days and window_days exclude each other" },
        { "name: x\ntask: conversation\ndataset: { path: d }\nbaselines:\n  - random: { seed: 1 }\n", "5:15", "there is no option `seed` of `random` (it has no options)" },
        { Head + "trainers:\n  - item2vec: { dimension: [1,2,3,4,5,6,7,8,9,10,11], epochs: [1,2,3,4,5,6,7,8,9,10], rate: [1,2,3,4,5,6,7,8,9,10] }\n", "6:15", "the lists of `item2vec` make 1100 rows: at most 1000 are allowed" },
        { Head + "llms: [a/b]\n", "5:8", "`a/b` is no model's name" },
        { Head + "llms:\n  - gpt-4: { matches: owned }\n", "6:23", "`matches` must be one of own, recorded, not owned; did you mean `own`?" },
        { Head + "controls: [fill-popular]\n", "5:11", "`controls` fill up the lists of `llms`, and there are none" },
        { Rows + "controls: [fill-populer]\n", "7:12", "there is no control `fill-populer`; did you mean `fill-popular`?" },
        { Head + "llms: [gpt-4]\nrerankers: [max-pool]\n", "6:12", "`rerankers` have no embeddings to compare by" },
        { Head + "trainers: [item2vec]\nrerankers: [max-pool]\n", "6:12", "`rerankers` have nothing to rerank" },
        { Rows + "rerankers:\n  - max-pool: { llms: [gpt-4, gpt-5] }\n", "8:31", "`llms` has no `gpt-5`; did you mean `gpt-4`? (it has: gpt-4)" },
        { Rows + "rerankers:\n  - max-pool: { embeddings: itemvec }\n", "8:29", "`trainers` has no `itemvec`; did you mean `item2vec`?" },
        { Rows + "rerankers:\n  - max-pool: { llm: [gpt-4] }\n", "8:17", "there is no option `llm` of `max-pool`; did you mean `llms`?" },
        { Head + "fallback: most-populer\n", "5:11", "there is no baseline `most-populer`; did you mean `most-popular`?" },
        { Head + "fallback: [random, most-popular]\n", "5:11", "`fallback` must be one baseline, not a list" },
        { Head + "fallback:\n  most-popular: { half_life_days: [1, 2] }\n", "6:3", "`fallback` must be one baseline, and lists of values make it 2" },

        // Keys that do not fit each other.
        { Head + "split: { by: leave-last-out }\n", "5:14", "this divides ratings, for the task next-item" },
        { Next + "split: { by: dataset }\n", "5:14", "`dataset` is how conversations are divided" },
        { Next + "split: { quantile: 0.8 }\n", "5:20", "`quantile` has no effect without `by: global-time`" },
        { Next + "llms: [gpt-4]\n", "5:7", "`llms` need conversations" },
        { Next + "evaluation: { protocols: [per-item] }\n", "5:26", "the protocols per-item and per-turn are for the task conversation" },
        { Head + "evaluation: { protocols: [next-item] }\n", "5:26", "the protocol next-item is for the task next-item" },
        { Head + "evaluation: { cutoffs: [1, 60] }\n", "5:24", "`cutoffs` has 60, and `depth` keeps only the first 50 items: raise `depth`" },
        { Head + "objective: hit@100\n", "5:12", "`objective` is at 100, and `evaluation.depth` keeps only the first 50 items" },
        { Head + "reports: { formats: [md, html5] }\n", "5:26", "`formats` must be one of md, csv, json, html, tex, not html5" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void One_mistake_is_one_line_with_its_place(string text, string place, string message) => Cultures.Each(() =>
    {
        ExperimentFileResult result = TestCatalogs.Read(text);
        Assert.Null(result.Experiment);
        string error = Assert.Single(result.Errors).ToString();
        Assert.StartsWith($"experiments.yaml:{place}: ", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    });

    [Fact]
    public void The_heads_of_these_files_are_right()
    {
        Assert.Empty(TestCatalogs.Read(Head).Errors);
        Assert.Empty(TestCatalogs.Read(Next).Errors);
        Assert.Empty(TestCatalogs.Read(Rows).Errors);
    }
}
