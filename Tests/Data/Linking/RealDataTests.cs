using System.Text.Json;
using Data.Importers;
using Data.Linking;
using Tests.Data.Importers;

namespace Tests.Data.Linking;

/// <summary>Import and linking of the real data, where it is.</summary>
public sealed class RealDataTests
{
    private static string Folder()
    {
        string? folder = Environment.GetEnvironmentVariable("WORKBENCH_TEST_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "WORKBENCH_TEST_DATA is not set: the real data is not here");
        return folder!;
    }

    private static RatingsSource[] Ratings(string folder)
    {
        var options = new RatingsImportOptions { ImdbLinks = Path.Combine(folder, "ml-25m-links", "links.csv") };
        return [RatingFolder.Read(Path.Combine(folder, "ml-1m"), options), RatingFolder.Read(Path.Combine(folder, "ml-latest-small"), options)];
    }

    [Fact]
    public void Both_sources_of_ratings_are_read_whole()
    {
        RatingsSource[] ratings = Ratings(Folder());
        Assert.Equal((1_000_209, 6_040, 3_883, 0L), (ratings[0].Ratings.Count, ratings[0].Users.Count, ratings[0].Items.Count, ratings[0].SkippedRows));
        Assert.Equal((100_836, 610, 9_742, 0L), (ratings[1].Ratings.Count, ratings[1].Users.Count, ratings[1].Items.Count, ratings[1].SkippedRows));
        Assert.Equal(593, ratings[0].Ratings.Times.Count(-1L));
        Assert.Equal("tt0114709", ratings[0].Items[0].ImdbId);
        Assert.All(ratings[1].Items, item => Assert.Matches("^tt[0-9]{7,}$", item.ImdbId!));
    }

    [Fact]
    public void Most_of_redial_is_linked()
    {
        string folder = Folder();
        using var info = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "redial", "id2info.json")));
        RatingsSource names = RatingFolder.Read(Path.Combine(folder, "redial", "movies.csv"), new RatingsImportOptions { Columns = new ColumnMap("movieId", "movieId") { Titles = "movies.csv" } });
        Assert.Equal(6_924, names.Items.Count);
        SourceItem[] spoken =
        [
            .. names.Items.Select(item => item with
            {
                ImdbId = info.RootElement.TryGetProperty(item.Id, out JsonElement about) && about.TryGetProperty("imdb_id", out JsonElement id) ? id.GetString() : null,
            }),
        ];
        LinkReport report = Linker.Link(Ratings(folder), Sources.Conversations(spoken)).Report;
        Assert.InRange(report.WithRatings, 4_350, 4_800);
        Assert.InRange(report.CountOf(LinkStage.ImdbId), 4_050, 4_300);
        Assert.InRange(report.Ambiguous.Count, 1, 20);
        Assert.Equal(6_924, report.Links.Count + report.Ambiguous.Count + report.Contradicted.Count + report.Unlinked.Count);
    }

    [Fact]
    public void Titles_and_years_alone_find_what_imdb_ids_find()
    {
        // The catalogue of Reddit-Movie has an IMDb id for every title: hidden from the linker, it is the answer.
        string folder = Folder();
        using var names = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "reddit-movie", "entity2id.json")));
        Dictionary<string, string> answers = names.RootElement.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!);
        LinkResult result = Linker.Link(Ratings(folder), Sources.Conversations([.. answers.Keys.Select(title => Sources.Movie(title, title))]));
        HashSet<string> rated = [.. result.Items.Where(item => item.Origin.HasFlag(global::Data.ItemOrigin.Ratings) && item.ImdbId is not null).Select(item => item.ImdbId!)];
        ItemLink[] exact = [.. result.Report.Links.Where(link => link.Stage == LinkStage.TitleAndYear)];
        ItemLink[] right = [.. exact.Where(link => result.Items[link.Item].ImdbId == answers[link.ConversationTitle])];

        // What is missing to 1 are films of one title and year, several of them with an id that is not the known film's.
        Assert.InRange(right.Length / (double)exact.Length, 0.985, 1);
        Assert.InRange(right.Length / (double)answers.Values.Distinct().Count(rated.Contains), 0.95, 1);
    }
}
