using Trainers.Options;
using Workbench.Cluster.Kubernetes;
using Workbench.Cluster.Slurm;
using Workbench.Reranking.Fusion;
using Workbench.Studies;

namespace Workbench.Experiments;

/// <summary>What is predicted.</summary>
public enum TaskKind
{
    /// <summary>The items of a recommender's reply, from the dialogue before it.</summary>
    Conversation,

    /// <summary>A user's next item, from the items before it.</summary>
    NextItem,
}

/// <summary>Which items are the candidates of every row.</summary>
public enum CandidateRule
{
    /// <summary>Conversation items that are linked to at least one rating.</summary>
    Rated,

    /// <summary>Conversation items with a link.</summary>
    Linked,

    /// <summary>These and every rated item.</summary>
    All,
}

/// <summary>Which items' interactions are trained on.</summary>
public enum TrainItems
{
    Catalogue,
    All,
}

/// <summary>The last part that rows are trained on.</summary>
public enum TrainThrough
{
    Train,
    Validation,
}

/// <summary>A file experiments.yaml, read and checked: its keys are the properties with an <see cref="OptionAttribute"/>.</summary>
public sealed record Experiment
{
    [Option("names the report's folder, reports/<name>")]
    [Key(Required = true, Pattern = "^[a-z0-9][a-z0-9._-]{0,99}$", Expected = "lower-case letters, digits, `.`, `_` and `-`, beginning with a letter or digit, at most 100")]
    public string Name { get; init; } = "";

    [Option("what is predicted"), Key(Required = true)]
    public TaskKind Task { get; init; }

    [Option("each row is run once per seed; `seed: 1` is the same as `seeds: [1]`", Min = 0), Key(Alias = "seed", MinCount = 1)]
    public IReadOnlyList<long> Seeds { get; init; } = [1];

    [Option("how many rows run at the same time", Min = 1, Max = 1024)]
    public int Jobs { get; init; } = 1;

    [Option("threads of one row; default: one per processor. Results do not depend on it", Min = 1, Max = 4096)]
    public int? Threads { get; init; }

    [Option("what the rows at work may allocate together, e.g. 8GB: one that finds no room waits; default: three quarters of what the machine has")]
    public MemorySize? Memory { get; init; }

    [Option("what keeps the trials: sqlite, a file in the folder of studies, for one machine; postgres, a database for many, whose address is in the environment variable WORKBENCH_POSTGRES")]
    public StoreKind Store { get; init; } = StoreKind.Sqlite;

    [Option("store postgres: what a trial has made is kept in the database up to this size, and above it in the folder of studies, which all machines must share then; default 16MB, at most 256MB")]
    public MemorySize? ArtifactsInDatabase { get; init; }

    [Option("the data"), Key(Required = true)]
    public DatasetOptions Dataset { get; init; } = new();

    [Option("the candidates of every row; default by task: rated for conversations, all for next-item")]
    public CandidateRule Catalogue { get; init; } = CandidateRule.Rated;

    [Option("which items' interactions are trained on: the catalogue's, or all")]
    public TrainItems TrainItems { get; init; } = TrainItems.Catalogue;

    [Option("which ratings count")]
    public FilterOptions Filter { get; init; } = new();

    [Option("how train, validation and test are divided")]
    public SplitOptions Split { get; init; } = new();

    [Option("the last part that rows are trained on")]
    public TrainThrough TrainThrough { get; init; } = TrainThrough.Train;

    [Option("how rows are compared")]
    public EvaluationOptions Evaluation { get; init; } = new();

    [Option("what rows are sorted and chosen by, e.g. ndcg@10; it is always among the reported metrics. Default: ndcg at the greatest cutoff up to 10")]
    public Objective Objective { get; init; } = new("ndcg", 10);

    [Option("rows without embeddings"), Key(Catalog = ExperimentCatalogs.Baseline)]
    public IReadOnlyList<Configuration> Baselines { get; init; } = [];

    [Option("rows of item embeddings, and what rerankers compare by; `auto`: every trainer that needs neither a file nor an endpoint, its default options searched"), Key(Catalog = ExperimentCatalogs.Trainer)]
    public IReadOnlyList<Configuration> Trainers { get; init; } = [];

    [Option("rows of language models' lists; each name is a model with replies in llm/<model>.jsonl, or one that is asked (`replies: live`)"), Key(Catalog = ExperimentCatalogs.Llm)]
    public IReadOnlyList<Configuration> Llms { get; init; } = [];

    [Option("rows of reranked lists: each reranker with each of `llms` and each of `trainers`; `auto`: every reranker, its default options searched")]
    [Key(Catalog = ExperimentCatalogs.Reranker, Scope = typeof(RerankerScope))]
    public IReadOnlyList<Configuration> Rerankers { get; init; } = [];

    [Option("control rows for each of `llms`: what a gain is made of"), Key(Catalog = ExperimentCatalogs.Control)]
    public IReadOnlyList<Configuration> Controls { get; init; } = [];

    [Option("the baseline for turns that give nothing to work with; default: the popularity of the row's own training data")]
    [Key(Catalog = ExperimentCatalogs.Baseline)]
    public Configuration? Fallback { get; init; }

    [Option("how options that are given as distributions are searched")]
    public SearchOptions Search { get; init; } = new();

    [Option("what a run may use up")]
    public BudgetOptions Budget { get; init; } = new();

    [Option("what is written")]
    public ReportOptions Reports { get; init; } = new();

    [Option("how `workbench run --on slurm` asks a cluster for workers")]
    public SlurmOptions Slurm { get; init; } = new();

    [Option("what `workbench run --on kubernetes --dry-run` writes into its manifests")]
    public KubernetesOptions Kubernetes { get; init; } = new();

    /// <summary>The file's path, as it was given.</summary>
    public string File { get; init; } = "";

    /// <summary>What it was read from; null for one that was made otherwise.</summary>
    public ExperimentSource? Source { get; init; }

    /// <summary>Baselines, trainers, LLMs, rerankers and controls, in this order.</summary>
    public IReadOnlyList<Configuration> Configurations => [.. Baselines, .. Trainers, .. Llms, .. Rerankers, .. Controls];

    /// <summary>The rows of every reranker, in the order of the file, those of fusions after all others.</summary>
    public IReadOnlyList<RerankCombination> Combinations =>
        [.. Rerankers.OrderBy(reranker => reranker.Options is FusionOptions).SelectMany(reranker => RerankCombination.Of(reranker, Llms, Trainers))];
}
