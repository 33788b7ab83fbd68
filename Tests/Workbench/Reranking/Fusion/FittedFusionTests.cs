using Data;
using Data.Storage;
using Tests.Data;
using Trainers;
using Workbench.Reranking.Fusion;
using Workbench.Stages;
using static Tests.Workbench.Reranking.HalvedDialogues;

namespace Tests.Workbench.Reranking.Fusion;

public sealed class FittedFusionTests
{
    private static RowOutcome Run(LinkedDataset half, TemporaryFolder folder, string options) => Rerank(half, folder, "fusion", options);

    [Theory]
    [InlineData("linear")]
    [InlineData("boosted")]
    public void What_was_saved_ranks_as_what_was_fitted(string ranker)
    {
        using var folder = new TemporaryFolder();
        DatasetWriter.Write(Half(1), folder["there"]);
        RowOutcome fitted = Run(Half(0), folder, $"ranker: {ranker}, fit_on: '{folder["there"]}', save: '{folder["fusion.json"]}'");
        Assert.Null(fitted.Row.Error);
        Assert.DoesNotContain("cross-fitted", fitted.Plan.Label, StringComparison.Ordinal);
        Assert.Contains("applied unchanged", fitted.Row.LearnedFrom, StringComparison.Ordinal);
        RowOutcome loaded = Run(Half(0), folder, $"ranker: {ranker}, fit_on: '{folder["fusion.json"]}'");
        Assert.Null(loaded.Row.Error);
        Assert.Equal(fitted.Lists!.Items, loaded.Lists!.Items);
        Assert.Equal(fitted.Lists.Scores, loaded.Lists.Scores);
    }

    [Fact]
    public void The_answers_here_change_nothing_that_was_fitted_there()
    {
        using TemporaryFolder one = new(), two = new();
        DatasetWriter.Write(Half(1), one["there"]);
        LinkedDataset here = Half(0), other = Answered(here);
        RowOutcome before = Run(here, one, $"fit_on: '{one["there"]}'"), after = Run(other, two, $"fit_on: '{one["there"]}'");
        Assert.Equal(before.Lists!.Items, after.Lists!.Items);
        Assert.Equal(before.Lists.Scores, after.Lists.Scores);
    }

    [Fact]
    public void Items_travel_by_ids_then_by_title_and_year()
    {
        Item Film(string id, string title, int? year, string? movieLens = null, string? imdb = null) => new(id, title, year, [], movieLens, imdb, ItemOrigin.Both);
        Item[] there = [Film("a", "Heat", 1995, "6", "tt1"), Film("b", "The Thing", 1982), Film("c", "Dune", 2021, null, "tt3"), Film("d", "Alien", 1979, "9"), Film("e", "Up", null)];
        Item[] here = [Film("z", "Alien!", 1979, "9", "tt9"), Film("y", "Thing, The", 1982, "7", "tt2"), Film("x", "Heat", 1986, "6", "tt7"), Film("w", "Heat (remastered)", 1995, null, "tt1"), Film("v", "Dune", 2021, null, "tt4"), Film("u", "Up", null)];
        Assert.Equal([3, 1, -1, 0, -1], ItemTravel.Rows(there, here));
    }

    [Fact]
    public void A_damaged_file_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(Run(Half(0), folder, $"tier: validation, save: '{folder["fusion.json"]}'").Row.Error);
        string text = File.ReadAllText(folder["fusion.json"]);
        File.WriteAllText(folder["bent.json"], text.Replace("\"Ridge\":", "\"Ridge\": ", StringComparison.Ordinal));
        File.WriteAllText(folder["cut.json"], text[..(text.Length / 2)]);
        File.WriteAllText(folder["new.json"], text.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal));
        File.WriteAllText(folder["other.json"], "{\"a\":1}");
        foreach ((string file, string what) in (ReadOnlySpan<(string, string)>)[("bent", "checksum"), ("cut", "damaged"), ("new", "version 2"), ("other", "no fitted fusion"), ("none", "cannot be read")])
        {
            UserErrorException refused = Assert.Throws<UserErrorException>(() => FittedFusion.Load(folder[$"{file}.json"]));
            Assert.Contains(what, refused.Message, StringComparison.Ordinal);
            Assert.StartsWith(folder[$"{file}.json"], refused.Message, StringComparison.Ordinal);
        }

        FittedFusion sound = FittedFusion.Load(folder["fusion.json"]);
        Assert.Equal(FusionTier.Validation, sound.Options.Tier);
        Assert.NotEmpty(sound.Lesson.Weights);
        RowOutcome wrong = Run(Half(0), folder, $"tier: all, fit_on: '{folder["fusion.json"]}'");
        Assert.Contains("tier validation", wrong.Row.Error, StringComparison.Ordinal);
    }
}
