using System.CommandLine;
using System.Globalization;
using Evaluation.Export;
using Workbench.Studies;

namespace Workbench.Commands;

/// <summary><c>workbench studies list|show|compare|export|prune</c>: what is kept of runs.</summary>
internal static class StudiesCommand
{
    internal static Command Create() => new("studies", "Look at what is kept of runs, and tidy up.") { List(), Show(), Compare(), Export(), Prune() };

    private static Argument<string> Name(string called = "NAME") => new(called) { Description = "a study's name, as `studies list` tells it" };

    private static Command List()
    {
        var place = new StudyOptions();
        var command = new Command("list", "Name the studies of a folder or database.");
        place.AddTo(command);
        command.SetAction(parsed =>
        {
            StudyRoot root = place.Of(parsed);
            foreach (string name in root.Names())
            {
                using Study study = root.Open(name);
                IReadOnlyList<TrialRecord> done = study.Store.Done();
                IReadOnlyList<string> working = study.Store.AtWork();
                CommandLine.Say(string.Create(CultureInfo.InvariantCulture,
                    $"{name}: {done.Count} trials, {done.Count(trial => trial.Failure is not null)} failed, {done.Sum(trial => trial.Seconds):0.0} s of work{(working.Count > 0 ? $", {working.Count} at work" : "")}"));
            }

            return CommandLine.Success;
        });
        return command;
    }

    private static Command Show()
    {
        (var place, Argument<string> name) = (new StudyOptions(), Name());
        var command = new Command("show", "Tell every trial of a study.") { name };
        place.AddTo(command);
        command.SetAction(parsed =>
        {
            using Study study = place.Of(parsed).Find(parsed.GetValue(name)!);
            foreach (TrialRecord trial in study.Store.Done())
            {
                string result = trial.Failure is { } failure ? $"failed: {failure}" : trial.Value is { } value ? value.ToString("0.0000", CultureInfo.InvariantCulture) : "done";
                CommandLine.Say(string.Create(CultureInfo.InvariantCulture, $"{trial.Key[..8]}  {trial.Kind,-10}  {trial.Seconds,8:0.00} s  {result}  {trial.Label}"));
            }

            foreach (string label in study.Store.AtWork())
                CommandLine.Say($"at work   {label}");
            return CommandLine.Success;
        });
        return command;
    }

    private static Command Compare()
    {
        (var place, Argument<string> one, Argument<string> other) = (new StudyOptions(), Name("ONE"), Name("OTHER"));
        var command = new Command("compare", "Put the rows of two studies' last leaderboards side by side.") { one, other };
        place.AddTo(command);
        command.SetAction(parsed =>
        {
            StudyRoot root = place.Of(parsed);
            using Study first = root.Find(parsed.GetValue(one)!), second = root.Find(parsed.GetValue(other)!);
            foreach (string line in StudyComparison.Of(first.Leaderboard(), second.Leaderboard()))
                CommandLine.Say(line);
            return CommandLine.Success;
        });
        return command;
    }

    private static Command Export()
    {
        (var place, Argument<string> name) = (new StudyOptions(), Name());
        Option<string> output = new("--out") { Description = "a CSV file", HelpName = "FILE", Required = true };
        var command = new Command("export", "Write every trial of a study into a CSV file.") { name, output };
        place.AddTo(command);
        command.SetAction(parsed =>
        {
            using Study study = place.Of(parsed).Find(parsed.GetValue(name)!);
            IReadOnlyList<TrialRecord> done = study.Store.Done();
            AtomicFile.Write(parsed.GetValue(output)!, writer =>
            {
                writer.Write("key,kind,label,status,reason,value,seconds,artifact\n");
                foreach (TrialRecord trial in done)
                {
                    string[] fields =
                    [
                        trial.Key, trial.Kind, trial.Label, trial.Failure is null ? "ok" : "failed", trial.Failure ?? "", trial.Value?.ToString("R", CultureInfo.InvariantCulture) ?? "",
                        trial.Seconds.ToString("R", CultureInfo.InvariantCulture), trial.Artifact ?? "",
                    ];
                    writer.Write(string.Join(',', fields.Select(Quoted)) + "\n");
                }
            });
            CommandLine.Say(string.Create(CultureInfo.InvariantCulture, $"wrote {parsed.GetValue(output)}: {done.Count} trials"));
            return CommandLine.Success;
        });
        return command;
    }

    private static Command Prune()
    {
        var place = new StudyOptions();
        var remove = new Option<string[]>("--remove") { Description = "a study to remove; repeatable", HelpName = "NAME" };
        var command = new Command("prune", "Remove what no study needs: artifacts of removed studies, checkpoints of trials that are not at work.") { remove };
        place.AddTo(command);
        command.SetAction(parsed =>
        {
            (int files, long bytes) = place.Of(parsed).Prune(parsed.GetValue(remove) ?? []);
            CommandLine.Say(string.Create(CultureInfo.InvariantCulture, $"removed {files} files or entries, {bytes / 1e6:0.0} MB"));
            return CommandLine.Success;
        });
        return command;
    }

    private static string Quoted(string field) =>
        field.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
