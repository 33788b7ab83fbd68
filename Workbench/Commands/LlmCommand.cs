using System.CommandLine;
using Data;
using Data.Storage;
using Trainers;
using Workbench.Experiments;
using Workbench.Llm;
using Workbench.Llm.Live;

namespace Workbench.Commands;

/// <summary><c>workbench llm record</c>: asks a language model for its replies, once, for everybody to replay.</summary>
internal static class LlmCommand
{
    internal static Command Create() => new("llm", "Ask language models.") { Record(), LlmEmbedCommand.Create() };

    private static Command Record()
    {
        var model = new Option<string>("--model") { Description = "the model; its replies become llm/<model>.jsonl", HelpName = "MODEL", Required = true };
        var data = new Option<string>("--data") { Description = "the folder of a linked dataset", HelpName = "DIR", Required = true };
        Option<string> split = SharedOptions.TurnSplit("whose turns are asked");
        var limit = new Option<int?>("--limit") { Description = "ask for the first so many turns only", HelpName = "N" };
        var set = new Option<string[]>("--set") { Description = "an option of `llms`, e.g. base_url=http://localhost:8000/v1 or budget_money=5; repeatable", HelpName = "KEY=VALUE" };
        var output = new Option<string?>("--out") { Description = "the folder that gets llm/<model>.jsonl; default: the dataset's own, whose dataset.yaml follows", HelpName = "DIR" };
        var dry = new Option<bool>("--dry-run") { Description = "say what it would cost, and ask nothing" };
        var command = new Command("record", "Ask a language model for its replies to a dataset's turns, and record them for replay without a key.") { model, data, split, limit, set, output, dry };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                string folder = parsed.GetValue(data)!;
                if (Configure(parsed.GetValue(model)!, folder, parsed.GetValue(set) ?? []) is not { } options)
                    return CommandLine.UsersMistake;
                LinkedDataset dataset = DatasetReader.Read(folder, new DatasetReadOptions(Threads: Environment.ProcessorCount), null, cancellation).Dataset;
                Turn[] turns = [.. SharedOptions.TurnsOf(dataset, parsed.GetValue(split)!).Take(Limit(parsed.GetValue(limit)))];
                if (turns.Length == 0)
                    throw new UserErrorException($"the dataset has no turns of the split {parsed.GetValue(split)}: choose another by --split", folder);
                var live = new LiveModel(parsed.GetValue(model)!, options);
                CommandLine.Say(live.Estimate(turns, dataset.Items).ToString());
                if (!parsed.GetValue(dry))
                    Ask(live, turns, dataset, parsed.GetValue(output) ?? options.RecordTo ?? folder, cancellation);
                return CommandLine.Success;
            },
            CancellationToken.None));
        return command;
    }

    private static void Ask(LiveModel live, Turn[] turns, LinkedDataset dataset, string folder, CancellationToken cancellation)
    {
        LiveReplies replies = live.Ask(turns, dataset.Items, Console.Error.WriteLine, cancellation);
        string file = ReplyRecording.Write(folder, live.Name, replies.Replies, Environment.ProcessorCount, cancellation);
        foreach (string note in ReplyEnds.Notes(live.Name, replies.Replies))
            CommandLine.Say($"note: {note}");
        CommandLine.Say(replies.Summary);
        CommandLine.Say($"wrote {file}");
    }

    private static int Limit(int? limit) => limit switch
    {
        null => int.MaxValue,
        >= 1 => limit.Value,
        _ => throw new UserErrorException("--limit must be at least 1"),
    };

    /// <summary>By the reader of experiment files, so that options are judged as there; null if something is wrong, which has been told.</summary>
    private static LlmOptions? Configure(string model, string folder, string[] settings)
    {
        string text = $"name: llm\ntask: conversation\ndataset: {{ path: '{folder.Replace("'", "''", StringComparison.Ordinal)}' }}\nllms: [{{ '{model.Replace("'", "''", StringComparison.Ordinal)}': {{ replies: live }} }}]\n";
        ExperimentFileResult read = ExperimentFile.Parse(text, "llm record", ".", [.. settings.Select(setting => $"llms.0.{model}.{setting}")], Catalogs.All);
        foreach (FileError error in read.Errors)
            Console.Error.WriteLine(error);
        if (read.Experiment is not { } experiment)
            return null;
        if (experiment.Llms.Count > 1)
            throw new UserErrorException($"these settings make {experiment.Llms.Count} configurations: give each option one value");
        var options = (LlmOptions)experiment.Llms[0].Options;
        return options.Replies == ReplySource.Live ? options : throw new UserErrorException("recorded replies need no recording: drop `replies=recorded`");
    }
}
