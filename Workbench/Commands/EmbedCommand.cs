using System.CommandLine;
using Data;
using Data.Storage;
using Evaluation.Ranking;
using Trainers;
using Trainers.Storage;

namespace Workbench.Commands;

/// <summary><c>workbench embed</c>: a person's look at item embeddings.</summary>
internal static class EmbedCommand
{
    internal static Command Create() => new("embed", "Look at item embeddings.") { Neighbours() };

    private static Command Neighbours()
    {
        var title = new Argument<string>("TITLE") { Description = "a title, with its year if there are several" };
        var file = new Option<string>("--embeddings") { Description = "as `workbench train` writes them: .safetensors or .npy", HelpName = "FILE", Required = true };
        var data = new Option<string>("--data") { Description = "the folder of the linked dataset that they were trained on", HelpName = "DIR", Required = true };
        var dot = new Option<bool>("--dot") { Description = "compare by inner product instead of cosine" };
        Option<int> top = SharedOptions.Top();
        var command = new Command("neighbours", "List the titles whose vectors are most similar to a title's.") { title, file, data, dot, top };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                EmbeddingTable table = EmbeddingFiles.Read(parsed.GetValue(file)!);
                LinkedDataset dataset = DatasetReader.Read(parsed.GetValue(data)!, new DatasetReadOptions(Threads: Environment.ProcessorCount), null, cancellation).Dataset;
                Print(dataset, table, parsed.GetValue(title)!, parsed.GetValue(file)!, parsed.GetValue(dot), parsed.GetValue(top));
                return CommandLine.Success;
            },
            CancellationToken.None));
        return command;
    }

    private static void Print(LinkedDataset dataset, EmbeddingTable table, string title, string file, bool dot, int top)
    {
        Dictionary<string, Item> byId = dataset.Items.ToDictionary(item => item.Id, StringComparer.Ordinal);
        int known = table.Ids.Count(byId.ContainsKey);
        if (known == 0)
            throw new UserErrorException($"none of its ids is an item of `{dataset.Name}`: give the dataset that it was trained on", file);
        if (known < table.Ids.Count)
            CommandLine.Complain(FormattableString.Invariant($"{table.Ids.Count - known:N0} of {table.Ids.Count:N0} embeddings are of no item of `{dataset.Name}` and are left out"));

        Item item = dataset.Items[new TitleLookup(dataset).Require(title, "neighbours")];
        int row = Array.IndexOf([.. table.Ids], item.Id);
        if (row < 0)
            throw new UserErrorException($"has no vector for {item.TitleWithYear}", file);
        if (table.Embeddings[row].IndexOfAnyExcept(0f) < 0)
            throw new UserErrorException($"knows nothing of {item.TitleWithYear}: training saw nobody who has it", file);

        float[] similarities = Similarities.Of(table.Embeddings, row, cosine: !dot);
        for (int i = 0; i < similarities.Length; i++)
        {
            if (i == row || !byId.ContainsKey(table.Ids[i]) || table.Embeddings[i].IndexOfAnyExcept(0f) < 0)
                similarities[i] = float.NegativeInfinity;
        }

        var rows = new int[Math.Min(top, similarities.Length)];
        var scores = new float[rows.Length];
        int count = TopK.Select(similarities, [], [], rows, scores);
        CommandLine.Say($"most similar to {item.TitleWithYear}");
        for (int i = 0; i < count && float.IsFinite(scores[i]); i++)
        {
            Item near = byId[table.Ids[rows[i]]];
            CommandLine.Say(FormattableString.Invariant($"{i + 1,3}. {scores[i],6:0.000}  {near.TitleWithYear}  [{string.Join(", ", near.Genres)}]"));
        }
    }
}
