using Tests.Contracts;
using Trainers;
using Trainers.Options;
using Workbench.Experiments;

namespace Tests.Workbench.Experiments;

/// <summary>Every option of every trainer as an experiment names it: one value, a list that is searched, a value that is refused with its place.</summary>
public sealed class TrainerOptionsTests
{
    private const string Head = "name: x\ntask: conversation\ndataset: { path: d }\ntrainers:\n";

    private static ExperimentFileResult Parse(string entry) => ExperimentFile.Parse(Head + entry, "x.yaml", ".", [], Catalogs.All);

    public static TheoryData<string, string> Options
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (CatalogEntry<IItemEmbeddingTrainer> entry in TrainerCatalog.All.All)
                data.AddRange([.. OptionSpecs.Of(entry.OptionsType).Select(spec => (entry.Name, spec.Name))]);
            return data;
        }
    }

    private static OptionSpec Spec(string trainer, string option) => OptionSpecs.Of(TrainerCatalog.All[trainer].OptionsType).Single(spec => spec.Name == option);

    [Theory]
    [MemberData(nameof(Options))]
    public void A_list_is_searched(string trainer, string option)
    {
        OptionSpec spec = Spec(trainer, option);
        object[] values = [.. OtherValues.Of(spec, null).Distinct()];
        if (spec.Choices.Count == 0)
            values = values[..2];
        string[] texts = [.. values.Select(OptionText.Of)];
        Experiment experiment = Parse($"  - {trainer}: {{ {option}: [{string.Join(", ", texts)}] }}\n").Require();
        Assert.Equal(values, experiment.Trainers.Select(row => spec.Get(row.Options)));
        Assert.Equal(texts.Select(text => $"{trainer} ({option}={text})"), experiment.Trainers.Select(row => row.Label));
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void A_value_out_of_range_is_refused_with_its_place(string trainer, string option)
    {
        OptionSpec spec = Spec(trainer, option);
        string wrong = spec.ValueType.IsEnum || spec.ValueType == typeof(bool) ? "xyzzy" : double.IsFinite(spec.Min) ? OptionText.Of(spec.Min - 1) : "many";
        string error = Assert.Single(Parse($"  - {trainer}: {{ {option}: {wrong} }}\n").Errors).ToString();
        Assert.StartsWith($"x.yaml:5:{5 + trainer.Length + 4 + option.Length + 2}: `{option}` must be ", error, StringComparison.Ordinal);
        Assert.Contains($", not {wrong}", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Theory]
    [InlineData("  - sasrec: { dimension: -3 }", "x.yaml:5:26: `dimension` must be a whole number from 1 to 1024, not -3")]
    [InlineData("  - matrix-factorization: { block_size: 0 }", "x.yaml:5:41: `block_size` must be a whole number from 1 to 1024, not 0")]
    [InlineData("  - sasrec: { heads: 3 }", "x.yaml:5:5: `sasrec`: sasrec cannot divide `dimension` 64 among 3 `heads`: choose a divisor")]
    [InlineData("  - fism\n  - sasrec: { dimension: [64, 50], heads: 4 }", "x.yaml:6:5: `sasrec`: sasrec cannot divide `dimension` 50 among 4 `heads`: choose a divisor")]
    [InlineData("  - item2vec: { windw: 3 }", "x.yaml:5:17: there is no option `windw` of `item2vec`; did you mean `window`?")]
    public void What_does_not_fit_is_one_line_with_its_place(string entry, string message) =>
        Assert.StartsWith(message, Assert.Single(Parse(entry + "\n").Errors).ToString(), StringComparison.Ordinal);
}
