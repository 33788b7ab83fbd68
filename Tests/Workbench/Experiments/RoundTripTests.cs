using System.Globalization;
using System.Text;
using Workbench.Experiments;

namespace Tests.Workbench.Experiments;

/// <summary>A generated experiment, written as YAML in one of the ways in which people write it, is read as it was meant.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void Any_experiment_is_read_as_written() => Cultures.Each(() =>
    {
        for (int seed = 0; seed < 300; seed++)
            Check(new Random(seed));
    });

    private static void Check(Random random)
    {
        long[] seeds = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => (i * 1000L) + random.Next(1000))];
        (int jobs, int depth) = (random.Next(1, 9), random.Next(20, 200));
        int[] cutoffs = [.. Enumerable.Range(1, 20).Where(_ => random.Next(3) == 0).DefaultIfEmpty(4)];
        double minRating = random.Next(0, 51) / 10.0;
        bool iterate = random.Next(2) == 0;
        int[] dimensions = [.. new[] { 8, 16, 32 }.Take(random.Next(1, 4))];
        double[] penalties = [.. Enumerable.Range(0, random.Next(1, 3)).Select(i => i + 1e-9 + random.NextDouble())];
        long memory = random.NextInt64(1, 1L << 50);
        CandidateRule rule = (CandidateRule)random.Next(3);
        (string open, string close, string indent) = random.Next(2) == 0 ? ("{ ", " }", "") : ("", "", "\n      ");
        string separator = open.Length > 0 ? ", " : indent;

        var text = new StringBuilder();
        text.Append("name: round-trip\n").Append(random.Next(2) == 0 ? "\n# a comment\n" : "").Append("task: 'conversation'\n");
        Sequence(text, "seeds", "", [.. seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture))], random);
        text.Append(CultureInfo.InvariantCulture, $"jobs: {jobs}\nmemory: {new MemorySize(memory)}\ncatalogue: {Name(rule, random)}\n");
        text.Append(CultureInfo.InvariantCulture, $"dataset: {{ path: \"d\" }}\nfilter: {{ min_rating: {minRating}, iterate: {(iterate ? "true" : "false")} }}\nevaluation:\n  depth: {depth}\n");
        Sequence(text, "cutoffs", "  ", [.. cutoffs.Select(cutoff => cutoff.ToString(CultureInfo.InvariantCulture))], random);
        text.Append("objective: hit@").Append(cutoffs[0].ToString(CultureInfo.InvariantCulture)).Append("\ntrainers:\n  - matrix-factorization: ").Append(indent).Append(open);
        text.Append("dimension: [").Append(string.Join(", ", dimensions)).Append(']').Append(separator);
        text.Append("regularization: [").Append(string.Join(", ", penalties.Select(penalty => penalty.ToString("R", CultureInfo.InvariantCulture)))).Append(']').Append(close).Append('\n');

        ExperimentFileResult result = TestCatalogs.Read(random.Next(2) == 0 ? text.ToString() : text.Replace("\n", "\r\n").ToString());
        Assert.True(result.Experiment is not null, text + string.Join('\n', result.Errors));
        Experiment experiment = result.Experiment;
        Assert.Equal(seeds, experiment.Seeds);
        Assert.Equal((jobs, memory, rule, depth), (experiment.Jobs, experiment.Memory!.Value.Bytes, experiment.Catalogue, experiment.Evaluation.Depth));
        Assert.Equal((minRating, iterate), (experiment.Filter.MinRating, experiment.Filter.Iterate));
        Assert.Equal(cutoffs, experiment.Evaluation.Cutoffs);
        Assert.Equal(new Objective("hit", cutoffs[0]), experiment.Objective);
        Assert.Equal(
            dimensions.SelectMany(dimension => penalties.Select(penalty => (dimension, penalty))),
            experiment.Trainers.Select(trainer => (FactorizationTestOptions)trainer.Options).Select(options => (options.Dimension, options.Regularization)));
        Assert.Equal(experiment.Trainers.Count, experiment.Trainers.Select(trainer => trainer.Label).Distinct().Count());
    }

    private static string Name(CandidateRule rule, Random random)
    {
        string name = rule switch { CandidateRule.Rated => "rated", CandidateRule.Linked => "linked", _ => "all" };
        return random.Next(2) == 0 ? name : $"\"{name}\"";
    }

    private static void Sequence(StringBuilder text, string key, string indent, string[] values, Random random)
    {
        if (random.Next(2) == 0)
        {
            text.Append(indent).Append(key).Append(": [").Append(string.Join(", ", values)).Append("]\n");
            return;
        }

        text.Append(indent).Append(key).Append(":\n");
        foreach (string value in values)
            text.Append(indent).Append("  - ").Append(value).Append('\n');
    }
}
