using Data;
using Data.Synthetic;
using Evaluation;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using Trainers;
using Workbench;
using Workbench.Experiments;
using Workbench.MlNet;
using Workbench.Reports;

namespace Tests.Approvals;

/// <summary>The sample of the README, compiled and run; a test holds the README to the lines between the marks.</summary>
internal static class ReadmeSample
{
    internal static readonly SyntheticOptions Small = new() { Users = 300, Items = 300, Ratings = 9_000, Conversations = 200 };

    internal static double Run(SyntheticOptions options)
    {
        // <sample>
        var ml = new MLContext(seed: 1);
        DatasetCatalog data = ml.Workbench().Synthetic(options);     // or .Load("data/redial"), a linked folder
        IDataView ratings = data.Ratings;                            // User, Item (keys), Rating, Timestamp
        IDataView turns = data.Turns(Split.Test, "simulated-llm");   // Context, Mentioned, Targets, LlmItems (key vectors)

        var trainer = new MatrixFactorization(new MatrixFactorizationOptions { Dimension = 32 });
        ItemEmbeddings embeddings = ml.Workbench().ItemEmbeddings(trainer).Fit(ratings).Embeddings;

        var pipeline = ml.Workbench().MaxPool(embeddings)
            .Append(ml.Transforms.Conversion.MapKeyToValue("Titles", "RankedItems"));
        IDataView ranked = pipeline.Fit(turns).Transform(turns);

        foreach (string[] titles in ranked.GetColumn<string[]>("Titles").Take(3))
            Console.WriteLine(string.Join(", ", titles.Take(3)));

        EvaluationResult result = ml.Workbench().Evaluate(ranked);
        Console.WriteLine($"hit@10 = {result["per-item"]["hit@10"].Mean:0.0000}");

        DataFrame vectors = embeddings.ToDataFrame(data.Items);      // item, title, e0, e1, ...
        Console.WriteLine($"{vectors.Rows.Count} items");
        // </sample>
        return result["per-item"]["hit@10"].Mean;
    }

    internal static DataFrame RunExperiment(string file)
    {
        // <experiment>
        Experiment experiment = ExperimentFile.Read(file, ["dataset.synthetic.users=300"], Catalogs.All).Require();
        Leaderboard leaderboard = Pipeline.Run(experiment).Leaderboard;
        DataFrame table = leaderboard.ToDataFrame();                 // row, kind, protocol, metric, mean, se, n
        // </experiment>
        return table;
    }
}
