using System.CommandLine;
using Data;
using Data.Storage;
using Data.Synthetic;
using Data.Views;
using Evaluation;
using Microsoft.ML;
using Trainers;
using Workbench.MlNet;
using Workbench.Reranking;

namespace Workbench.Commands;

/// <summary><c>workbench recommend</c>: a person's look at a trained model, titles in, titles out.</summary>
internal static class RecommendCommand
{
    internal static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "the folder of a linked dataset; without it the synthetic one", HelpName = "DIR" };
        var like = new Option<string[]>("--like") { Description = "a title that you like, with its year if there are several; repeatable", HelpName = "TITLE", Required = true };
        var prompt = new Option<string?>("--prompt") { Description = "a conversation or wish; titles that it names count as liked", HelpName = "TEXT" };
        var trainer = new Option<string>("--trainer") { Description = "of the trainers", DefaultValueFactory = _ => "matrix-factorization", HelpName = "NAME" };
        Option<int> top = SharedOptions.Top();
        var command = new Command("recommend", "Name what you like, get titles from trained item embeddings.") { data, like, prompt, trainer, top };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                LinkedDataset dataset = parsed.GetValue(data) is { } folder
                    ? DatasetReader.Read(folder, new DatasetReadOptions(Threads: Environment.ProcessorCount), null, cancellation).Dataset
                    : SyntheticDataset.Generate(new SyntheticOptions(), cancellation);
                int[] liked = Liked(dataset, parsed.GetValue(like)!, parsed.GetValue(prompt));
                var run = new TrainingRun(Threads: Environment.ProcessorCount, Cancellation: cancellation);
                IDataView interactions = DatasetViews.OfInteractions(dataset.Ratings, dataset.Users, dataset.Items);
                ItemEmbeddings embeddings = new ItemEmbeddingEstimator(TrainerCatalog.All[parsed.GetValue(trainer)!].CreateDefault(), run).Fit(interactions).Embeddings;
                Print(dataset, liked, embeddings, parsed.GetValue(top));
                return CommandLine.Success;
            },
            CancellationToken.None));
        return command;
    }

    private static int[] Liked(LinkedDataset dataset, string[] titles, string? prompt)
    {
        var lookup = new TitleLookup(dataset);
        var liked = new List<int>();
        foreach (string given in titles)
        {
            int item = lookup.Require(given, "--like");
            CommandLine.Say($"you like {dataset.Items[item].TitleWithYear}");
            liked.Add(item);
        }

        foreach (int item in prompt is null ? [] : new Llm.TitleMatcher(dataset.Items, dataset.Ratings.CountItems()).Match(prompt).Items)
        {
            CommandLine.Say($"the prompt names {dataset.Items[item].TitleWithYear}");
            liked.Add(item);
        }

        return [.. liked.Distinct()];
    }

    private static void Print(LinkedDataset dataset, int[] liked, ItemEmbeddings embeddings, int top)
    {
        IQueryScorer scorer = embeddings is IHistoryScorer history
            ? new HistoryScoring(history)
            : new MaxPooling(embeddings, new MaxPoolingOptions { Query = PoolQuery.Mentioned });
        IDataView you = DatasetViews.OfHistories(["you"], dataset.Items, [liked], [[]]);
        IDataView ranked = new RerankEstimator(scorer, new RankingOptions(top)).Fit(you).Transform(you);
        Rankings list = RankingCollector.Collect(ranked, top, threads: 1, CancellationToken.None);
        if (list.LengthOf(0) == 0)
            throw new UserErrorException("nothing is known of these titles: nobody rated them");
        for (int i = 0; i < list.LengthOf(0); i++)
        {
            Item item = dataset.Items[list.ItemsOf(0)[i]];
            CommandLine.Say(FormattableString.Invariant($"{i + 1,3}. {item.TitleWithYear}  [{string.Join(", ", item.Genres)}]"));
        }
    }
}
