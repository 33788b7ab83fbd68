using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evaluation.Export;
using Trainers.Options;

namespace Workbench.Reports.Exports;

/// <summary>
/// A leaderboard as an experiment in the file store of MLflow 2: <c>mlruns/&lt;experiment&gt;/&lt;run&gt;/</c> with meta.yaml, params, metrics
/// (learning curves by step) and tags; <c>mlflow ui --backend-store-uri FOLDER</c> shows it. A row is a run, a trial of a search a run below it.
/// </summary>
/// <remarks>Ids are functions of the content: the same experiment written again replaces itself and is not there twice.</remarks>
public static class MlflowStore
{
    private const int Finished = 3, FailedStatus = 4, Local = 4, MostLetters = 200;

    /// <param name="folder">of the store, <c>mlruns</c></param>
    /// <param name="leaderboard">what was found</param>
    /// <param name="ended">when the run ended, as no row knows its own time of day</param>
    /// <returns>the experiment's id</returns>
    public static string Write(string folder, Leaderboard leaderboard, DateTimeOffset ended)
    {
        ArgumentNullException.ThrowIfNull(leaderboard);
        string id = ExperimentId(leaderboard);
        string place = Path.Combine(folder, id);
        if (Directory.Exists(place))
            Directory.Delete(place, recursive: true);
        Directory.CreateDirectory(place);
        string artifacts = new Uri(Path.GetFullPath(place)).AbsoluteUri;
        long end = ended.ToUnixTimeMilliseconds(), start = end - (long)(leaderboard.Provenance.Seconds * 1000);
        Yaml(Path.Combine(place, "meta.yaml"),
            ("artifact_location", artifacts), ("creation_time", start), ("experiment_id", id), ("last_update_time", end), ("lifecycle_stage", "active"), ("name", leaderboard.Name));
        Values(Path.Combine(place, "tags"), [("dataset", leaderboard.Dataset.Name), ("fingerprint", leaderboard.Dataset.Fingerprint), ("task", leaderboard.Task), ("objective", leaderboard.Objective)]);
        foreach (LeaderboardRow row in leaderboard.Rows)
        {
            var run = new Run(Path.Combine(place, RunId(id, row.Row)), RunId(id, row.Row), id, artifacts, row.Row, row.Status == LeaderboardRow.Ok, end, row.Seconds);
            run.Write(
                [.. row.Options.Select(option => (option.Key, OptionText.Of(option.Value)))], [.. MetricsOf(row)],
                [("kind", row.Kind), .. row.LearnedFrom is { } from ? [("learned_from", from)] : ((string, string)[])[], .. row.Error is { } error ? [("error", error)] : ((string, string)[])[]]);
        }

        foreach (SearchHistory search in leaderboard.Searches)
            Trials(place, id, artifacts, search, end);
        return id;
    }

    private static void Trials(string place, string id, string artifacts, SearchHistory search, long end)
    {
        foreach (SearchedTrial trial in search.Trials)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{search.Row}, trial {trial.Number + 1}"), number = RunId(id, name);
            var run = new Run(Path.Combine(place, number), number, id, artifacts, name, trial.Status != SearchedTrial.Failed, end, trial.Seconds);
            run.Write(
                [.. trial.Options.Select(option => (option.Key, OptionText.Of(option.Value)))],
                trial.Value is { } value ? [($"validation/{Named(search.Objective)}", trial.Epochs ?? 0, value)] : [],
                [
                    ("mlflow.parentRunId", RunId(id, search.Row)), ("kind", "trial"), ("status", trial.Status), ("sampler", search.Sampler),
                    ("chosen", trial.Number == search.Chosen ? "true" : "false"), .. trial.Reason is { } reason ? [("error", reason)] : ((string, string)[])[],
                ]);
        }
    }

    private static IEnumerable<(string Name, int Step, double Value)> MetricsOf(LeaderboardRow row)
    {
        foreach ((string protocol, IReadOnlyDictionary<string, RowMetric> metrics) in row.Metrics)
        {
            foreach ((string name, RowMetric metric) in metrics)
            {
                yield return ($"{protocol}/{Named(name)}", 0, metric.Mean);
                yield return ($"{protocol}/{Named(name)}.se", 0, metric.Se);
            }
        }

        yield return ("seconds", 0, row.Seconds);
        foreach (LearningPoint point in row.Learning)
        {
            if (point.Loss is { } loss)
                yield return ("training/loss", point.Epoch, loss);
            if (point.Validation is { } validation)
                yield return ("training/validation", point.Epoch, validation);
        }
    }

    /// <summary>MLflow's names have letters, digits, spaces and <c>_ - . /</c>; file systems take 255 of them.</summary>
    private static string Named(string name)
    {
        string named = string.Concat(name.Replace("@", "_at_", StringComparison.Ordinal).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '/' or ' ' ? letter : '_'));
        return named[..Math.Min(MostLetters, named.Length)];
    }

    /// <summary>18 digits, as MLflow gives them, of the experiment's name, data and protocol.</summary>
    private static string ExperimentId(Leaderboard leaderboard)
    {
        string content = string.Join('\n', [leaderboard.Name, leaderboard.Dataset.Fingerprint, .. leaderboard.Provenance.Settings.Select(setting => $"{setting.Key}={setting.Value}")]);
        ulong number = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 8));
        return ((number % 900_000_000_000_000_000UL) + 100_000_000_000_000_000UL).ToString(CultureInfo.InvariantCulture);
    }

    private static string RunId(string experiment, string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{experiment}\n{name}")).AsSpan(0, 16));

    private static void Yaml(string path, params (string Key, object Value)[] entries) => AtomicFile.Write(path, writer =>
    {
        foreach ((string key, object value) in entries)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{key}: {(value is string text ? $"'{text.ReplaceLineEndings(" ").Replace("'", "''", StringComparison.Ordinal)}'" : value)}\n"));
    });

    /// <summary>A file per name; a name with a slash is a file in a folder.</summary>
    private static void Values(string folder, IEnumerable<(string Name, string Text)> values)
    {
        Directory.CreateDirectory(folder);
        foreach ((string name, string text) in values)
        {
            string path = Path.Combine(folder, Named(name));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, writer => writer.Write(text));
        }
    }

    private sealed record Run(string Folder, string Id, string Experiment, string Artifacts, string Name, bool IsDone, long End, double Seconds)
    {
        internal void Write(
            IReadOnlyList<(string Name, string Text)> options, IReadOnlyList<(string Name, int Step, double Value)> metrics, IReadOnlyList<(string Name, string Text)> tags)
        {
            Directory.CreateDirectory(Path.Combine(Folder, "artifacts"));
            Yaml(Path.Combine(Folder, "meta.yaml"),
                ("artifact_uri", $"{Artifacts}/{Id}/artifacts"), ("end_time", End), ("entry_point_name", ""), ("experiment_id", Experiment), ("lifecycle_stage", "active"),
                ("run_id", Id), ("run_name", Name), ("run_uuid", Id), ("source_name", ""), ("source_type", Local), ("source_version", ""),
                ("start_time", End - (long)(Seconds * 1000)), ("status", IsDone ? Finished : FailedStatus), ("tags", new Raw("[]")), ("user_id", "workbench"));
            Values(Path.Combine(Folder, "params"), options);
            Values(Path.Combine(Folder, "tags"), [("mlflow.runName", Name), ("mlflow.user", "workbench"), ("mlflow.source.type", "LOCAL"), ("mlflow.source.name", "workbench"), .. tags]);
            Values(Path.Combine(Folder, "metrics"), metrics.Where(metric => double.IsFinite(metric.Value)).GroupBy(metric => metric.Name).Select(group => (group.Key, string.Concat(group.Select(metric =>
                string.Create(CultureInfo.InvariantCulture, $"{End} {metric.Value:R} {metric.Step}\n"))))));
        }
    }

    /// <summary>YAML that is no text.</summary>
    private sealed record Raw(string Text)
    {
        public override string ToString() => Text;
    }
}
