using System.CommandLine;
using Data;
using Data.Storage;
using Trainers;
using Trainers.Options;
using Trainers.Storage;
using Workbench.Llm.Embeddings;

namespace Workbench.Commands;

/// <summary><c>workbench llm embed</c>: an embedding model's vectors of a dataset's items and conversations, into files for everybody to use without a key.</summary>
internal static class LlmEmbedCommand
{
    private const string ItemsFile = "items.safetensors";
    private const string TurnsFile = "turns.safetensors";

    /// <summary>Its options are those of <see cref="TextEmbeddingOptions"/>: <c>--model</c>, <c>--base-url</c> and so on.</summary>
    internal static Command Create()
    {
        var data = new Option<string>("--data") { Description = "the folder of a linked dataset", HelpName = "DIR", Required = true };
        Option<string> output = SharedOptions.Out($"the folder that gets {ItemsFile} and {TurnsFile}, for the rows text-vectors and alpharec");
        Option<string> split = SharedOptions.TurnSplit("whose turns are embedded beside the items");
        var dry = new Option<bool>("--dry-run") { Description = "say what it would cost, and ask nothing" };
        var command = new Command("embed", "Ask an embedding model for vectors of a dataset's items and of what its conversations say.") { data, output, split, dry };
        IReadOnlyList<OptionSpec> specs = OptionSpecs.Of(typeof(TextEmbeddingOptions));
        Option<string?>[] options = OptionValues.AddTo(command, specs);

        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var settings = OptionValues.Bind(new TextEmbeddingOptions(), specs, [.. options.Select(option => parsed.GetValue(option))]);
                var embedder = new EndpointEmbedder(settings, Console.Error.WriteLine, cancellation);
                LinkedDataset dataset = DatasetReader.Read(parsed.GetValue(data)!, new DatasetReadOptions(Threads: Environment.ProcessorCount), null, cancellation).Dataset;
                string[] items = [.. dataset.Items.Select(ItemTexts.Of)];
                Turn[] turns = [.. SharedOptions.TurnsOf(dataset, parsed.GetValue(split)!)];
                string[] said = [.. turns.Select(ItemTexts.Of)];
                CommandLine.Say(embedder.Estimate([.. items, .. said]));
                if (parsed.GetValue(dry))
                    return CommandLine.Success;

                float[][] vectors = embedder.Embed([.. items, .. said]);
                Write(parsed.GetValue(output)!, ItemsFile, vectors[..items.Length], [.. dataset.Items.Select(item => item.Id)]);
                if (turns.Length > 0)
                    Write(parsed.GetValue(output)!, TurnsFile, vectors[items.Length..], [.. turns.Select(turn => turn.Id)]);
                return CommandLine.Success;
            },
            CancellationToken.None));
        return command;
    }

    private static void Write(string folder, string name, float[][] vectors, string[] ids)
    {
        string file = Path.Combine(folder, name);
        Directory.CreateDirectory(folder);
        EmbeddingFiles.Write(file, new EmbeddingTable(new ItemEmbeddings(vectors.Length, vectors[0].Length, [.. vectors.SelectMany(vector => vector)]), ids));
        CommandLine.Say(FormattableString.Invariant($"wrote {file}: {vectors.Length:N0} x {vectors[0].Length}"));
    }
}
