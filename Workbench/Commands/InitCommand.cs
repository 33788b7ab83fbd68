using System.CommandLine;
using System.Globalization;
using Data;
using Data.Storage;
using Data.Synthetic;
using Evaluation.Export;
using Trainers;
using Workbench.Experiments;

namespace Workbench.Commands;

/// <summary><c>workbench init</c>: a commented experiment file to start from.</summary>
internal static class InitCommand
{
    private static readonly Split[] Splits = [Split.Train, Split.Validation, Split.Test];

    internal static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "the folder of a linked dataset; without it the synthetic one", HelpName = "DIR" };
        var file = new Option<string>("--out") { Description = "the file to write", DefaultValueFactory = _ => "experiments.yaml", HelpName = "FILE" };
        var command = new Command("init", "Write a commented experiment file for the dataset at hand.") { data, file };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            if (File.Exists(path))
                throw new UserErrorException("it is there already: choose another file with --out, or remove it", path);
            string text = ExperimentTemplate.For(Name(path), Dataset(parsed.GetValue(data), path), Catalogs.All);
            AtomicFile.Write(path, writer => writer.Write(text));
            CommandLine.Say($"wrote {path}; next: workbench run {path}");
            return CommandLine.Success;
        });
        return command;
    }

    /// <summary>The file's name without its ending, in the letters that an experiment's name may have.</summary>
    private static string Name(string path)
    {
        char[] letters = [.. Path.GetFileNameWithoutExtension(path).ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')];
        string name = new string(letters).Trim('-');
        return name.Length == 0 ? "experiment" : name;
    }

    private static TemplateDataset Dataset(string? folder, string file)
    {
        if (folder is null)
            return TemplateDataset.Synthetic(SyntheticDataset.Model);
        LinkedDataset dataset = DatasetReader.Read(folder).Dataset;
        int[] turns = [.. Splits.Select(split => dataset.Turns.Count(turn => turn.Split == split))];
        string fromFile = Path.IsPathRooted(folder) ? folder : Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(file))!, folder).Replace('\\', '/');
        return new TemplateDataset(fromFile, dataset.Turns.Count > 0, [.. dataset.Replies.Keys.Order(StringComparer.Ordinal)])
        {
            Holds = [.. Holds(dataset, turns)],
            HasRatings = dataset.Ratings.Count > 0,
            IsDivided = turns[^1] > 0 && turns[^1] < dataset.Turns.Count,
        };
    }

    private static IEnumerable<string> Holds(LinkedDataset dataset, int[] turns)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{dataset.Items.Count:N0} items, {dataset.Users.Count:N0} users, {dataset.Ratings.Count:N0} ratings");
        if (dataset.Turns.Count > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{dataset.Turns.Count:N0} turns: {turns[0]:N0} train, {turns[1]:N0} validation, {turns[2]:N0} test");
        foreach ((string model, IReadOnlyList<LlmReply> replies) in dataset.Replies.OrderBy(one => one.Key, StringComparer.Ordinal))
            yield return string.Create(CultureInfo.InvariantCulture, $"{replies.Count:N0} replies of {model}");
    }
}
