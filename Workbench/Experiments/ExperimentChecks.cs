using Trainers.Options;
using Workbench.Experiments.Binding;
using Workbench.Experiments.Yaml;

namespace Workbench.Experiments;

/// <summary>What single keys cannot know: whether they fit each other, and the defaults that depend on others.</summary>
/// <param name="context">gets the mistakes; keys in which it has some already are not looked at again</param>
/// <param name="root">of the file</param>
/// <param name="experiment">as bound</param>
internal sealed class ExperimentChecks(BindingContext context, YamlMapping root, Experiment experiment)
{
    // A value of PostgreSQL's is sent whole, and is no greater than 1 GB.
    private const long MostInDatabase = 256_000_000;

    /// <summary>The experiment with every default filled in.</summary>
    public Experiment Complete()
    {
        CheckDataset();
        CheckSplit();
        CheckEvaluation();
        CheckRows();
        CheckScopes();
        if (experiment.ArtifactsInDatabase is { Bytes: > MostInDatabase } size)
            Error("artifacts_in_database", $"`artifacts_in_database` must be at most 256MB, not {size}");
        new SearchChecks(context, root, experiment).Check();

        bool isConversation = experiment.Task == TaskKind.Conversation;
        SplitBy by = experiment.Split.By ?? (isConversation ? SplitBy.Dataset : SplitBy.LeaveLastOut);
        EvaluationOptions evaluation = experiment.Evaluation;
        Objective objective = Given("objective") ? experiment.Objective : Default(evaluation);
        IReadOnlyList<ProtocolKind> protocols = evaluation.Protocols.Count > 0 ? evaluation.Protocols
            : isConversation ? [ProtocolKind.PerItem, ProtocolKind.PerTurn] : [ProtocolKind.NextItem];
        return experiment with
        {
            Catalogue = Given("catalogue") || isConversation ? experiment.Catalogue : CandidateRule.All,
            Split = new SplitOptions
            {
                By = by,
                Quantile = by == SplitBy.GlobalTime ? experiment.Split.Quantile ?? SplitOptions.DefaultQuantile : null,
                ValidationShare = by == SplitBy.Dialogue ? experiment.Split.ValidationShare ?? SplitOptions.DefaultValidationShare : null,
                TestShare = by == SplitBy.Dialogue ? experiment.Split.TestShare ?? SplitOptions.DefaultTestShare : null,
            },
            Objective = objective,
            Evaluation = evaluation with
            {
                Protocols = protocols,
                Metrics = evaluation.Metrics.Contains(objective.Metric) ? evaluation.Metrics : [.. evaluation.Metrics, objective.Metric],
                Cutoffs = evaluation.Cutoffs.Contains(objective.Cutoff) ? evaluation.Cutoffs : [.. evaluation.Cutoffs.Append(objective.Cutoff).Order()],
            },
        };
    }

    private static Objective Default(EvaluationOptions evaluation) => new(
        evaluation.Metrics.Contains("ndcg") || evaluation.Metrics.Count == 0 ? "ndcg" : evaluation.Metrics[0],
        evaluation.Cutoffs.Where(cutoff => cutoff <= 10).DefaultIfEmpty(evaluation.Cutoffs.DefaultIfEmpty(10).Min()).Max());

    private void CheckDataset()
    {
        DatasetOptions dataset = experiment.Dataset;
        if (!context.IsSound("dataset"))
            return;
        if (dataset is { Synthetic: null, Path: null, Ratings.Count: 0, ImdbLinks: null, Conversations: null })
            Error("dataset", "`dataset` needs one of `synthetic`, `path` (a linked folder) or `ratings` (with `conversations`, linked on the fly)");
        else if (dataset is { Synthetic: null, Path: null, Ratings.Count: 0 } && (experiment.Catalogue != CandidateRule.All || dataset.Conversations is null))
            Error("dataset", "`dataset` needs `ratings` beside the conversations: folders or zip files of ratings to link them with (without ratings only `catalogue: all` has items)");
        else if (dataset is { Synthetic: null, Path: null, Conversations: null } && IsTask(TaskKind.Conversation))
            Error("dataset", "`dataset` needs `conversations` for the task conversation");
        else if (dataset is { ImdbLinks: not null, Conversations: null })
            Error("dataset.imdb_links", "`imdb_links` links conversations with ratings, and there are no `conversations`");
    }

    private void CheckSplit()
    {
        SplitBy? by = experiment.Split.By;
        if (context.IsSound("split.by") && IsTask(TaskKind.Conversation) && by is SplitBy.LeaveLastOut or SplitBy.GlobalTime)
            Error("split.by", "this divides ratings, for the task next-item; in the task conversation the dialogues keep the dataset's own division: drop `split`");
        if (context.IsSound("split.by") && IsTask(TaskKind.NextItem) && by is SplitBy.Dataset or SplitBy.Dialogue)
            Error("split.by", $"`{OptionName.OfMember(by.Value)}` is how conversations are divided; the task next-item has leave-last-out and global-time");
        foreach (string share in (ReadOnlySpan<string>)["split.validation_share", "split.test_share"])
        {
            if (context.IsSound("split") && Given(share) && by != SplitBy.Dialogue)
                Error(share, $"`{share[6..]}` has no effect without `by: dialogue`");
        }

        if (context.IsSound("split") && by == SplitBy.Dialogue && (experiment.Split.ValidationShare ?? SplitOptions.DefaultValidationShare) + (experiment.Split.TestShare ?? SplitOptions.DefaultTestShare) >= 1)
            Error("split", "`validation_share` and `test_share` leave no dialogue to learn from: together they must be less than 1");
        if (context.IsSound("split") && Given("split.quantile") && by != SplitBy.GlobalTime)
            Error("split.quantile", "`quantile` has no effect without `by: global-time`");
    }

    private void CheckEvaluation()
    {
        EvaluationOptions evaluation = experiment.Evaluation;
        if (context.IsSound("evaluation.cutoffs") && context.IsSound("evaluation.depth") && evaluation.Cutoffs.Any(cutoff => cutoff > evaluation.Depth))
            Error("evaluation.cutoffs", $"`cutoffs` has {evaluation.Cutoffs.Max()}, and `depth` keeps only the first {evaluation.Depth} items: raise `depth`");
        if (context.IsSound("evaluation.protocols"))
        {
            foreach (ProtocolKind protocol in evaluation.Protocols)
            {
                if (IsTask(protocol == ProtocolKind.NextItem ? TaskKind.Conversation : TaskKind.NextItem))
                    Error("evaluation.protocols", protocol == ProtocolKind.NextItem
                        ? "the protocol next-item is for the task next-item; conversations have per-item and per-turn"
                        : "the protocols per-item and per-turn are for the task conversation; the task next-item has next-item");
            }
        }

        if (!context.IsSound("objective") || !Given("objective"))
            return;
        IReadOnlyList<string> known = context.Catalogs.Metrics;
        Objective objective = experiment.Objective;
        if (!known.Contains(objective.Metric))
            Error("objective", $"`objective` has no metric `{OneLine.Of(objective.Metric)}`{ScalarReader.DidYouMean(objective.Metric, known)} (known: {string.Join(", ", known)})");
        else if (context.IsSound("evaluation.depth") && objective.Cutoff > evaluation.Depth)
            Error("objective", $"`objective` is at {objective.Cutoff}, and `evaluation.depth` keeps only the first {evaluation.Depth} items");
    }

    private void CheckRows()
    {
        if (IsTask(TaskKind.NextItem))
        {
            foreach (string key in (ReadOnlySpan<string>)["llms", "rerankers", "controls"])
            {
                if (root.Find(key) is { Value: YamlSequence { Items.Count: > 0 } })
                    Error(key, $"`{key}` need conversations: remove them, or use the task conversation");
            }
        }
        else
        {
            if (Nothing("llms") && !Nothing("rerankers"))
                Error("rerankers", "`rerankers` have nothing to rerank: add a model to `llms`");
            if (Nothing("trainers") && !Nothing("rerankers"))
                Error("rerankers", "`rerankers` have no embeddings to compare by: add a trainer to `trainers`");
            if (Nothing("llms") && !Nothing("controls"))
                Error("controls", "`controls` fill up the lists of `llms`, and there are none");
        }

        if (Nothing("baselines") && Nothing("trainers") && Nothing("llms"))
            context.Report(root.Mark, "there are no rows: add `baselines`, `trainers` or `llms`");
    }

    private void CheckScopes()
    {
        foreach (Configuration reranker in experiment.Rerankers.DistinctBy(reranker => reranker.Where))
        {
            CheckScope(reranker, "llms", reranker.Scope?.Llms, experiment.Llms);
            CheckScope(reranker, "embeddings", reranker.Scope?.Embeddings, experiment.Trainers);
        }
    }

    private void CheckScope(Configuration reranker, string key, IReadOnlyList<string>? names, IReadOnlyList<Configuration> rows)
    {
        string section = key == "llms" ? "llms" : "trainers";
        if (names is null || rows.Count == 0 || !context.IsSound(section))
            return;
        foreach (string name in names.Where(name => !rows.Any(row => row.Name == name || row.Label == name)))
        {
            string[] known = [.. rows.Select(row => row.Name).Distinct()];
            context.Report(PlaceInScope(reranker, key, name),
                $"`{section}` has no `{OneLine.Of(name)}`{ScalarReader.DidYouMean(name, known)} (it has: {string.Join(", ", known)})");
        }
    }

    /// <summary>Where an entry of <c>rerankers</c> names something.</summary>
    private YamlMark PlaceInScope(Configuration reranker, string key, string name)
    {
        IReadOnlyList<YamlNode> entries = root.Find("rerankers")?.Value is YamlSequence list ? list.Items : [];
        YamlNode? options = entries.OfType<YamlMapping>().FirstOrDefault(entry => entry.Mark == reranker.Where)?.Entries[0].Value;
        YamlNode? names = (options as YamlMapping)?.Find(key)?.Value;
        YamlNode? one = (names as YamlSequence)?.Items.FirstOrDefault(item => item is YamlScalar scalar && scalar.Text == name);
        return (one ?? names)?.Mark ?? reranker.Where;
    }

    private bool IsTask(TaskKind task) => context.IsSound("task") && experiment.Task == task;

    /// <summary>True if a list is known to be empty.</summary>
    private bool Nothing(string key) => context.IsSound(key) && !(root.Find(key)?.Value is { IsNull: false } and not YamlSequence { Items.Count: 0 });

    private bool Given(string path) => Node(path) is { IsNull: false };

    private void Error(string path, string message)
    {
        YamlNode? node = Node(path);
        context.Report(node?.Mark ?? root.Mark, message);
    }

    private YamlNode? Node(string path)
    {
        YamlNode? node = root;
        foreach (string key in path.Split('.'))
            node = (node as YamlMapping)?.Find(key)?.Value;
        return node;
    }
}
