using Trainers;
using Workbench;
using Workbench.Experiments;
using Workbench.Reports;
using Workbench.Search.Running;
using Workbench.Stages;

namespace Tests.Workbench;

/// <summary>A synthetic experiment of seconds with a row of every kind, and runs of it.</summary>
internal static class SmallRun
{
    public const string Data = "{ users: 200, items: 120, ratings: 4000, conversations: 150, seed: 7 }";

    public const string Rows =
        """
        baselines: [random, most-popular, conversational-popularity, item-knn, { pure-svd: { dimension: 8 } }, ease]
        trainers: [{ matrix-factorization: { dimension: 8, iterations: 3 } }]
        """;

    public const string Reranked =
        """
        llms: [simulated-llm]
        controls: [fill-popular, fill-random]
        rerankers: [max-pool]
        """;

    public const string Evaluation = "evaluation: { metrics: [hit, ndcg, mrr, recall, precision, map], cutoffs: [1, 5, 10], depth: 20, bootstrap: 50 }";

    public static string Conversation => $"name: small\ntask: conversation\ndataset: {{ synthetic: {Data} }}\n{Evaluation}\n{Rows}\n{Reranked}\n";

    public static string NextItem =>
        $"name: small\ntask: next-item\ncatalogue: all\ndataset: {{ synthetic: {Data} }}\n{Evaluation}\n{Rows.Replace("conversational-popularity, ", "", StringComparison.Ordinal)}\n";

    public static Experiment Read(string yaml, params string[] settings) =>
        ExperimentFile.Parse(yaml, "small.yaml", Path.GetTempPath(), settings, Catalogs.All).Require();

    public static RunProduct Of(string yaml, params string[] settings) => Of(Read(yaml, settings));

    public static RunProduct Of(Experiment experiment, int threads = 2) => Pipeline.Run(experiment, Context(threads, experiment.Memory?.Bytes ?? 1L << 40));

    public static RunContext Context(int threads = 2, long memory = 1L << 40) => new(threads, memory, new Silence(), TestContext.Current.CancellationToken);

    private sealed class Silence : IRunObserver
    {
        public void StageBegins(string what)
        {
        }

        public void SearchGoesOn(SearchWatch search)
        {
        }

        public void RowBegins(string row, int number, int of)
        {
        }

        public void RowTrains(string row, TrainingProgress progress)
        {
        }

        public void RowEnds(LeaderboardRow row, int number, int of)
        {
        }
    }
}
