using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Workbench;
using Workbench.Experiments;
using Workbench.Reports;
using Workbench.Reports.Exports;
using YamlDotNet.RepresentationModel;

namespace Tests.Workbench.Reports.Exports;

/// <summary>What other programs read: MLflow's file store, and the values of units.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("exports").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static readonly DateTimeOffset Ended = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static Dictionary<string, string> Yaml(string path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(path)));
        return ((YamlMappingNode)stream.Documents[0].RootNode).Children.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString());
    }

    [Fact]
    public void The_store_has_MLflows_layout()
    {
        Leaderboard board = SampleLeaderboard.Make();
        string id = MlflowStore.Write(_folder, board, Ended);
        Assert.Matches("^[1-9][0-9]{17}$", id);
        Dictionary<string, string> experiment = Yaml(Path.Combine(_folder, id, "meta.yaml"));
        Assert.Equal(["artifact_location", "creation_time", "experiment_id", "last_update_time", "lifecycle_stage", "name"], experiment.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((id, "sample", "active"), (experiment["experiment_id"], experiment["name"], experiment["lifecycle_stage"]));

        string[] runs = [.. Directory.GetDirectories(Path.Combine(_folder, id)).Where(run => Path.GetFileName(run) != "tags")];
        Assert.Equal(board.Rows.Count + board.Searches.Sum(search => search.Trials.Count), runs.Length);
        foreach (string run in runs)
        {
            Dictionary<string, string> meta = Yaml(Path.Combine(run, "meta.yaml"));
            Assert.Matches("^[0-9a-f]{32}$", meta["run_id"]);
            Assert.Equal((Path.GetFileName(run), meta["run_id"], id, $"{experiment["artifact_location"]}/{meta["run_id"]}/artifacts"), (meta["run_id"], meta["run_uuid"], meta["experiment_id"], meta["artifact_uri"]));
            Assert.Equal(meta["run_name"], File.ReadAllText(Path.Combine(run, "tags", "mlflow.runName")));
            Assert.True(Directory.Exists(Path.Combine(run, "artifacts")));
            foreach (string file in Directory.GetFiles(run, "*", SearchOption.AllDirectories))
                Assert.Matches(@"^[/\w.\- ]*$", Path.GetRelativePath(run, file).Replace(Path.DirectorySeparatorChar, '/'));
            foreach (string file in Directory.GetFiles(Path.Combine(run, "metrics"), "*", SearchOption.AllDirectories))
                Assert.All(File.ReadAllText(file).TrimEnd('\n').Split('\n'), line => Assert.Matches(@"^\d{13} -?[0-9.E-]+ \d+$", line));
        }
    }

    [Fact]
    public void A_run_has_its_options_figures_and_learning_curve_by_step()
    {
        Leaderboard board = SampleLeaderboard.Make();
        string id = MlflowStore.Write(_folder, board, Ended);
        string Run(string name) => Directory.GetDirectories(Path.Combine(_folder, id)).Single(run => Path.GetFileName(run) != "tags" && File.ReadAllText(Path.Combine(run, "tags", "mlflow.runName")) == name);
        string trained = Run(board.Rows[3].Row), stamp = Ended.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        Assert.Equal("32", File.ReadAllText(Path.Combine(trained, "params", "dimension")));
        Assert.Equal($"{stamp} 0.2375 0\n", File.ReadAllText(Path.Combine(trained, "metrics", "per-item", "ndcg_at_5")));
        Assert.Equal($"{stamp} 0.75 1\n{stamp} 0.5 2\n{stamp} 0.375 3\n", File.ReadAllText(Path.Combine(trained, "metrics", "training", "loss")));
        Assert.Equal($"{stamp} 0.125 1\n{stamp} 0.25 2\n", File.ReadAllText(Path.Combine(trained, "metrics", "training", "validation")));
        Assert.Equal("3", Yaml(Path.Combine(trained, "meta.yaml"))["status"]);
        Assert.Equal("4", Yaml(Path.Combine(Run("ease"), "meta.yaml"))["status"]);
        string trial = Run($"{board.Searches[0].Row}, trial 4");
        Assert.Equal(Path.GetFileName(trained), File.ReadAllText(Path.Combine(trial, "tags", "mlflow.parentRunId")));
        Assert.Equal("true", File.ReadAllText(Path.Combine(trial, "tags", "chosen")));
    }

    [Fact]
    public void Writing_again_replaces_and_other_data_are_another_experiment()
    {
        Leaderboard board = HostileLeaderboard.Of(12, i => 0.1 * i);
        string[] Files() => [.. Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => $"{file}\n{File.ReadAllText(file)}")];
        string id = MlflowStore.Write(_folder, board, Ended);
        string[] once = Files();
        Assert.Equal(id, MlflowStore.Write(_folder, board, Ended));
        Assert.Equal(once, Files());
        Assert.NotEqual(id, MlflowStore.Write(_folder, board with { Dataset = board.Dataset with { Fingerprint = "other" } }, Ended));
        Assert.True(Files().Length > once.Length);
    }

    [Fact]
    public void Units_give_the_leaderboards_means_and_the_same_bytes()
    {
        RunProduct product = SmallRun.Of(SmallRun.Conversation, "evaluation.exclude_seen=false");
        foreach (string name in (string[])["one", "two"])
            UnitFiles.Write(Path.Combine(_folder, name), product.Outcomes, product.Holdout);
        string[] files = [.. Directory.GetFiles(Path.Combine(_folder, "one")).Order(StringComparer.Ordinal)];
        Assert.Equal(product.Leaderboard.Rows.Count, files.Length);
        for (int i = 0; i < files.Length; i++)
        {
            Assert.Equal(File.ReadAllBytes(files[i]), File.ReadAllBytes(files[i].Replace("one", "two", StringComparison.Ordinal)));
            using var reader = new StreamReader(new GZipStream(File.OpenRead(files[i]), CompressionMode.Decompress));
            string[][] lines = [.. reader.ReadToEnd().TrimEnd('\n').Split('\n').Select(line => line.Split(','))];
            Assert.Equal(["protocol", "query", "unit"], lines[0][..3]);
            foreach ((string protocol, IReadOnlyDictionary<string, RowMetric> metrics) in product.Leaderboard.Rows[i].Metrics)
            {
                string[][] units = [.. lines.Where(line => line[0] == protocol)];
                Assert.Equal(metrics["ndcg@10"].N, units.Length);
                Assert.Equal(units.Length, units.Select(line => (line[1], line[2])).Distinct().Count());
                Assert.Equal(metrics["ndcg@10"].Mean, units.Average(line => double.Parse(line[Array.IndexOf(lines[0], "ndcg@10")], CultureInfo.InvariantCulture)), 1e-12);
            }
        }
    }

    [Fact]
    public void The_folder_has_what_was_asked_for_and_the_markdown_links_to_charts_that_are_there()
    {
        RunProduct product = SmallRun.Of(SmallRun.NextItem, "baselines=[random, ease]");
        ReportFolder.Write(product, new ReportOptions { Formats = Enum.GetValues<ReportFormat>(), Units = true, Mlflow = true }, _folder);
        Assert.Equal(["charts", "mlruns", "units"], Directory.GetDirectories(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["leaderboard.csv", "leaderboard.html", "leaderboard.json", "leaderboard.md", "leaderboard.tex"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string[] links = [.. Regex.Matches(File.ReadAllText(Path.Combine(_folder, "leaderboard.md")), @"\]\((charts/[^)]+)\)").Select(match => match.Groups[1].Value)];
        Assert.Equal(Directory.GetFiles(Path.Combine(_folder, "charts")).Select(file => $"charts/{Path.GetFileName(file)}").Order(StringComparer.Ordinal), links.Order(StringComparer.Ordinal));
        Assert.NotEmpty(links);

        string plain = Path.Combine(_folder, "plain");
        ReportFolder.Write(product, new ReportOptions { Formats = [ReportFormat.Md], Charts = false }, plain);
        Assert.Equal(["leaderboard.md"], Directory.GetFileSystemEntries(plain).Select(Path.GetFileName));
        Assert.DoesNotContain("charts/", File.ReadAllText(Path.Combine(plain, "leaderboard.md")), StringComparison.Ordinal);
    }
}
