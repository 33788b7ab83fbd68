using System.CommandLine;
using System.Diagnostics;
using Data;
using Data.Storage;
using Trainers;
using Trainers.Checkpoints;
using Trainers.Storage;
using Workbench.Experiments;
using Workbench.MlNet;
using Workbench.Stages;

namespace Workbench.Commands;

/// <summary><c>workbench train TRAINER</c>: one configuration on a dataset, its item embeddings into a file.</summary>
internal static class TrainCommand
{
    internal static Command Create()
    {
        var trainer = new Argument<string>("TRAINER") { Description = $"one of {string.Join(", ", TrainerCatalog.All.All.Select(entry => entry.Name))}" };
        var data = new Option<string>("--data") { Description = "the folder of a linked dataset", HelpName = "DIR", Required = true };
        var output = new Option<string>("--out") { Description = "the file of embeddings, ending in .safetensors, .npy, .vec or .tsv", HelpName = "FILE", Required = true };
        var set = new Option<string[]>("--set") { Description = "an option of the trainer, e.g. dimension=128; repeatable", HelpName = "KEY=VALUE" };
        var seed = new Option<ulong>("--seed") { Description = "of all randomness", DefaultValueFactory = _ => 1, HelpName = "N" };
        Option<int> threads = SharedOptions.Threads();
        var checkpoint = new CheckpointOptions();
        var command = new Command("train", "Train one configuration on all of a dataset and write its item embeddings.") { trainer, data, output, set, seed, threads };
        checkpoint.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                Configuration? configuration = Configure(parsed.GetValue(trainer)!, parsed.GetValue(set) ?? []);
                if (configuration is null)
                    return CommandLine.UsersMistake;
                string file = parsed.GetValue(output)!;
                TrainingCheckpoint? place = checkpoint.Of(parsed, file);
                var run = new TrainingRun(parsed.GetValue(seed), parsed.GetValue(threads), MachineMemory.Available, null, cancellation) { Checkpoint = place };
                try
                {
                    Train(configuration, parsed.GetValue(data)!, file, run);
                }
                catch (OperationCanceledException) when (place is not null)
                {
                    CommandLine.Complain(CheckpointOptions.HowToGoOn(place));
                    return CommandLine.Interrupted;
                }

                if (!checkpoint.IsKept(parsed))
                    place?.Delete();
                return CommandLine.Success;
            },
            CancellationToken.None));
        return command;
    }

    /// <summary>By the reader of experiment files, so that names and values are judged as there; null if something is wrong, which has been told.</summary>
    private static Configuration? Configure(string trainer, string[] settings)
    {
        _ = TrainerCatalog.All[trainer];
        string text = $"name: train\ntask: next-item\ndataset: {{ synthetic: {{}} }}\ntrainers: [{trainer}]\n";
        ExperimentFileResult read = ExperimentFile.Parse(text, "train", ".", [.. settings.Select(setting => $"trainers.{trainer}.{setting}")], Catalogs.All);
        foreach (FileError error in read.Errors)
            Console.Error.WriteLine(error);
        if (read.Experiment is not { } experiment)
            return null;
        if (experiment.Trainers.Any(one => one.Space is not null))
            throw new UserErrorException("these settings are a search: give each option a value here, or search with `workbench run`");
        return experiment.Trainers.Count == 1
            ? experiment.Trainers[0]
            : throw new UserErrorException($"these settings make {experiment.Trainers.Count} configurations: give each option one value");
    }

    private static void Train(Configuration configuration, string folder, string file, TrainingRun run)
    {
        EmbeddingFiles.RequireKnown(file);
        LinkedDataset dataset = DatasetReader.Read(folder, new DatasetReadOptions(Threads: run.Threads), null, run.Cancellation).Dataset;
        var sources = new TrainingSources(dataset.Items, dataset.Ratings, dataset.Users, [.. dataset.Turns.Where(turn => turn.Split != Split.Test)]);
        TrainingData source = sources.For(configuration.Options);
        CommandLine.Say($"{configuration.Label} learns from {source.Description}");
        var clock = Stopwatch.StartNew();
        var lines = new EpochLines(Console.Error, TimeProvider.System);
        var estimator = new ItemEmbeddingEstimator(TrainerCatalog.All[configuration.Name].Create(configuration.Options), run with { Progress = lines });
        lines.Begin();
        ItemEmbeddings embeddings = estimator.Fit(source.View).Embeddings;
        double seconds = clock.Elapsed.TotalSeconds;
        EmbeddingFiles.Write(file, new EmbeddingTable(embeddings, [.. dataset.Items.Select(item => item.Id)]));
        CommandLine.Say(FormattableString.Invariant($"wrote {file}: {embeddings.Count:N0} items x {embeddings.Dimension}, trained in {seconds:0.0} s"));
    }
}
