using System.Text.RegularExpressions;
using Baselines;
using Microsoft.Data.Analysis;
using Tests.Architecture;
using Trainers;
using Trainers.Options;
using Workbench.Experiments;
using Workbench.Llm;
using Workbench.Llm.Embeddings;
using Workbench.Reranking;
using Workbench.Reranking.Fusion;

namespace Tests.Approvals;

/// <summary>What the README shows is what the program has.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Root = SourceFile.Root;

    private static string Readme => File.ReadAllText(Path.Combine(Root, "README.md"));

    [Theory]
    [InlineData("sample")]
    [InlineData("experiment")]
    public void The_samples_are_those_that_are_compiled_and_run(string name)
    {
        string source = File.ReadAllText(Path.Combine(Root, "Tests", "Approvals", "ReadmeSample.cs"));
        string[] lines = Between(source, $"// <{name}>\n", $"        // </{name}>").Split('\n');
        string sample = string.Join('\n', lines.Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line)).TrimEnd();
        Assert.True(lines.Length < 30, $"the sample has {lines.Length} lines");
        Assert.Contains($"```csharp\n{sample}\n```", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_search_that_it_shows_is_read()
    {
        string yaml = Between(Readme, "```yaml\n", "```");
        ExperimentFileResult read = ExperimentFile.Parse($"name: a\ntask: next-item\ndataset: {{ synthetic: {{}} }}\n{yaml}", "README.md", ".", [], Catalogs.All);
        Assert.Empty(read.Errors);
        Assert.Equal([false, true, true, true], read.Experiment!.Configurations.Select(one => one.Space is not null));
    }

    [Fact]
    public void The_sample_runs()
    {
        double hit = ReadmeSample.Run(ReadmeSample.Small);
        Assert.InRange(hit, 0.01, 1);
    }

    [Fact]
    public void The_experiment_sample_runs()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "readme-sample.yaml");
        File.WriteAllText(file, "name: sample\ntask: conversation\ndataset: { synthetic: { items: 100, ratings: 3000, conversations: 60 } }\nbaselines: [random, most-popular]\n");
        DataFrame table = ReadmeSample.RunExperiment(file);
        File.Delete(file);
        Assert.Equal(2 * 2 * 9, table.Rows.Count);
        Assert.Equal(["row", "kind", "protocol", "metric", "mean", "se", "n"], table.Columns.Select(column => column.Name));
    }

    [Theory]
    [InlineData("trainers")]
    [InlineData("baselines")]
    [InlineData("texts")]
    [InlineData("llms")]
    [InlineData("rerankers")]
    [InlineData("fitted")]
    [InlineData("controls")]
    public void The_option_tables_are_generated(string kind)
    {
        string expected = kind switch
        {
            "trainers" => OptionTable.Markdown(TrainerCatalog.All),
            "baselines" => OptionTable.Markdown(BaselineCatalog.All),
            "texts" => OptionTable.Markdown(EmbeddingCatalog.Texts),
            "llms" => OptionTable.Markdown(typeof(LlmOptions)),
            "rerankers" => OptionTable.Markdown(RerankerCatalog.All),
            "fitted" => OptionTable.Markdown(FittedRerankerCatalog.All),
            _ => OptionTable.Markdown(ControlCatalog.All),
        };
        Assert.Equal(expected.Trim(), Between(Readme, $"<!-- {kind} -->\n", $"<!-- /{kind} -->").Trim());
    }

    [Fact]
    public void What_it_links_to_is_there()
    {
        string[] links = [.. Link().Matches(Readme).Select(match => match.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal)).Select(target => target.Split('#')[0]).Where(target => target.Length > 0)];
        Assert.NotEmpty(links);
        Assert.All(links, target => Assert.True(Path.Exists(Path.Combine(Root, target)), target));
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    private static string Between(string text, string begin, string end)
    {
        int from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int to = text.IndexOf(end, from, StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to > from, $"{begin.Trim()} ... {end.Trim()} is not there");
        return text[from..to];
    }
}
