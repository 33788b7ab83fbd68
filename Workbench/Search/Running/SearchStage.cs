using System.Diagnostics;
using System.Globalization;
using Evaluation;
using Trainers;
using Trainers.Options;
using Workbench.Experiments;
using Workbench.Reports;
using Workbench.Stages;

namespace Workbench.Search.Running;

/// <summary>An experiment whose searched entries have the options that were chosen on validation.</summary>
/// <param name="Experiment">nothing of it is left to be searched, but for rerankers of lists that there are for test turns alone: these are chosen inside folds</param>
/// <param name="Histories">what was tried, by the label of the row that came of it</param>
/// <param name="Notes">for the report</param>
internal sealed record SearchedExperiment(Experiment Experiment, IReadOnlyList<SearchHistory> Histories, IReadOnlyList<string> Notes);

/// <summary>
/// Searches every entry that has a space, on the validation split. The test split is prepared after this stage, by nobody in it: what it holds cannot have a say.
/// </summary>
internal sealed class SearchStage(Experiment experiment, LoadedDataset loaded, RunContext context)
{
    /// <summary>Of a budget of time, where rerankers are searched after trainers: their trials are short.</summary>
    private const double ShareOfRows = 0.85;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly string _protocol = ReportedMetrics.Protocols(experiment)[0];
    private readonly string _objective = experiment.Objective.ToString();

    /// <exception cref="UserErrorException">There is nothing to choose on.</exception>
    internal SearchedExperiment Run()
    {
        Configuration[] rows = [.. experiment.Baselines.Concat(experiment.Trainers).Where(entry => entry.Space is not null)];
        bool reranked = experiment.Rerankers.Any(entry => entry.Space is not null) && experiment.Llms.Any(HasValidationReplies);
        if (rows.Length == 0 && !reranked)
            return new SearchedExperiment(experiment, [], []);

        Experiment there = Validation(experiment);
        TaskData task = Prepare(there);
        var plans = new RowPlans(there, task, new Dictionary<string, LlmLists>(), context);
        var identities = new TrialIdentities(there, loaded.Dataset.Provenance.Fingerprint, new Dictionary<string, LlmLists>());
        int[] shares = Shares(rows);
        (Configuration Entry, SearchRun Search)[] searches =
        [
            .. rows.Select((entry, i) => (entry, Search(entry.Label, entry, shares[i], plans.Rank, task, one => identities.Search(one, $"{_protocol} {_objective}")))),
        ];
        context.Observer.StageBegins($"searching {string.Join(", ", rows.Select(entry => entry.Label))} on validation");
        SearchQueue.Run([.. searches.Select(one => one.Search)], experiment.Jobs, () => OutOfTime(reranked ? ShareOfRows : 1), context);

        var histories = new List<SearchHistory>();
        Dictionary<string, Configuration> chosen = searches.ToDictionary(one => $"{one.Entry.Kind} {one.Entry.Label}", one => Chosen(one.Search, histories, chosen => chosen.Label));
        Experiment resolved = experiment with
        {
            Baselines = [.. experiment.Baselines.Select(entry => chosen.GetValueOrDefault($"{entry.Kind} {entry.Label}", entry))],
            Trainers = [.. experiment.Trainers.Select(entry => chosen.GetValueOrDefault($"{entry.Kind} {entry.Label}", entry))],
        };
        if (reranked)
            resolved = Rerankers(resolved, histories);
        return new SearchedExperiment(resolved, histories, [Note(histories)]);
    }

    /// <summary>Each searched reranker with each list that there is for validation turns, over embeddings that are trained already: a search of its own.</summary>
    private Experiment Rerankers(Experiment resolved, List<SearchHistory> histories)
    {
        Configuration[] llms = [.. resolved.Llms.Where(HasValidationReplies)];
        Experiment there = Validation(resolved) with { Llms = llms };
        TaskData task = Prepare(there);
        IReadOnlyDictionary<string, LlmLists> lists = LlmStage.Lists(there, loaded, task, context);
        var identities = new TrialIdentities(there, loaded.Dataset.Provenance.Fingerprint, lists);
        var plans = new RowPlans(there, task, lists, context, identities);
        var entries = new List<Configuration>();
        var searches = new List<(RerankCombination Row, SearchRun Search)>();
        foreach (Configuration entry in resolved.Rerankers)
        {
            foreach (RerankCombination combination in entry.Space is null ? [] : RerankCombination.Of(entry, llms, resolved.Trainers))
            {
                SearchRun search = Search(
                    combination.Label, entry, experiment.Search.TrialsOf(entry.Space!),
                    request => plans.Reranked(combination with { Reranker = request.Configuration }).Rank(request.Seed).Collect(there.Evaluation.Depth, request.Context.Threads, request.Context.Cancellation),
                    task, one => identities.Search(plans.Reranked(combination with { Reranker = one }), $"{_protocol} {_objective}"));
                searches.Add((combination, search));
            }
        }

        context.Observer.StageBegins($"searching {searches.Count} rerankings on validation");
        SearchQueue.Run([.. searches.Select(one => one.Search)], experiment.Jobs, () => OutOfTime(1), context);
        foreach (Configuration entry in resolved.Rerankers)
        {
            entries.AddRange(searches.Where(one => ReferenceEquals(one.Search.Entry, entry)).Select(one => Chosen(one.Search, histories, chosen => (one.Row with { Reranker = chosen }).Label) with { Scope = one.Row.Scoped.Scope }));
            string[] left = [.. resolved.Llms.Where(llm => entry.Space is null || !llms.Contains(llm)).Where(llm => entry.Scope?.CoversLlm(llm) ?? true).Select(llm => llm.Label)];
            if (left.Length > 0)
                entries.Add(entry with { Scope = (entry.Scope ?? new RerankerScope()) with { Llms = left } });
        }

        return resolved with { Rerankers = entries };
    }

    private SearchRun Search(
        string label, Configuration entry, int trials, Func<FitRequest, Rankings> rank, TaskData task, Func<Configuration, Studies.TrialIdentity> identify)
    {
        var seed = (ulong)experiment.Seeds[0];
        SearchOptions options = experiment.Search with { Trials = trials };
        var plan = new EvaluationPlan
        {
            Protocols = [_protocol], Metrics = [experiment.Objective.Metric], Cutoffs = [experiment.Objective.Cutoff], Seed = seed, BootstrapResamples = 0, Threads = context.Threads,
        };
        double Judge(Rankings lists) => Evaluator.Evaluate(task.Holdout, lists, plan, context.Cancellation)[_protocol][_objective].Mean;
        var trial = new ValidationTrial(entry, seed, rank, Judge, identify, experiment.Search.TrialTime?.Time);
        return new SearchRun(label, entry, options.Schedule(entry, seed), trials, trial);
    }

    /// <summary>The entry with the chosen options; where none could be chosen, one that fails and says why.</summary>
    private Configuration Chosen(SearchRun search, List<SearchHistory> histories, Func<Configuration, string> rowOf)
    {
        Configuration chosen = search.Chosen() is { } best
            ? best with { Label = Searched(search.Entry) }
            : search.Entry with { Space = null, Label = Searched(search.Entry), Failure = search.Failure() };
        histories.Add(search.History(rowOf(chosen), OptionName.OfMember(experiment.Search.Sampler), _objective));
        return chosen;
    }

    /// <summary><c>sasrec (searched)</c>, <c>matrix-factorization (algorithm=bpr, searched)</c>: what was chosen is in the row's options and in the report's section of searches.</summary>
    internal static string Searched(Configuration entry) => Configuration.SearchedLabel(entry.Label);

    /// <summary>Trials of each entry: as many as it asks for, and of a budget for all an equal share of what is left, in the order of the file.</summary>
    private int[] Shares(Configuration[] rows)
    {
        int left = experiment.Budget.Trials ?? int.MaxValue;
        var shares = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            shares[i] = Math.Min(experiment.Search.TrialsOf(rows[i].Space!), Math.Max(1, left / (rows.Length - i)));
            left -= shares[i];
        }

        return shares;
    }

    private bool OutOfTime(double share) => experiment.Budget.Time is { } most && _clock.Elapsed >= share * most.Time;

    private bool HasValidationReplies(Configuration llm) =>
        experiment.Task == TaskKind.Conversation && experiment.Evaluation.Split == EvaluationSplit.Test && loaded.Dataset.Replies.TryGetValue(llm.Name, out IReadOnlyList<Data.LlmReply>? replies)
        && loaded.Dataset.Turns.Where(turn => turn.Split == Data.Split.Validation).Select(turn => turn.Id).ToHashSet().Overlaps(replies.Select(reply => reply.Turn));

    private TaskData Prepare(Experiment there)
    {
        try
        {
            return TaskPreparation.Prepare(loaded, there, context);
        }
        catch (UserErrorException error)
        {
            throw new UserErrorException($"there is nothing to choose searched options on ({error.What}): give the options values, or another `split`", error.File, inner: error);
        }
    }

    private static Experiment Validation(Experiment experiment) => experiment with
    {
        Llms = [], Rerankers = [], Controls = [],
        Evaluation = experiment.Evaluation with { Split = EvaluationSplit.Validation },
    };

    private static string Note(List<SearchHistory> histories) => string.Create(
        CultureInfo.InvariantCulture,
        $"The options of {string.Join(", ", histories.Select(history => history.Row))} were chosen on validation, of {histories.Sum(history => history.Trials.Count):N0} trials; the test split was read after that.");
}
