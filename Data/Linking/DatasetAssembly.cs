using System.Globalization;
using Data.Importers;
using Trainers;

namespace Data.Linking;

/// <summary>What linking made.</summary>
/// <param name="Dataset">its fingerprint is empty until it is stamped</param>
/// <param name="Report">what was linked how</param>
/// <param name="Notes">counts that must not be lost, one sentence each</param>
public sealed record LinkedSources(LinkedDataset Dataset, LinkReport Report, IReadOnlyList<string> Notes);

/// <summary>Puts sources and their links together to one dataset.</summary>
public static class DatasetAssembly
{
    /// <param name="ratings">may be empty if there are conversations</param>
    /// <param name="conversations">null for a dataset of ratings alone</param>
    /// <param name="threads">at most so many</param>
    public static LinkedSources Link(IReadOnlyList<RatingsSource> ratings, ConversationSource? conversations, int threads)
    {
        LinkResult links = Linker.Link(ratings, conversations, threads: threads);
        var users = new List<string>();
        Interactions interactions = Ratings(ratings, links, users, threads);
        Turn[] turns = [.. (conversations?.Turns ?? []).Select(turn => Rename(turn, links.ConversationItems))];
        string[] names = [.. ratings.Select(source => source.Name)];
        string name = string.Join("+", conversations is null ? names : [conversations.Name, .. names]);

        var provenance = new DatasetProvenance(
            Synthetic: false,
            [.. names.Select(source => $"{source} (ratings)"), .. conversations is null ? (string[])[] : [$"{conversations.Name} (conversations)"]],
            [.. ratings.Select(source => $"{source.Name}: {source.Licence}"), .. conversations is null ? (string[])[] : [$"{conversations.Name}: {conversations.Licence}"]],
            conversations is null ? null : Words(links.Report),
            Fingerprint: "");
        var dataset = new LinkedDataset(
            name, links.Items, users, interactions, turns,
            conversations?.Replies ?? new Dictionary<string, IReadOnlyList<LlmReply>>(), provenance);
        return new LinkedSources(dataset, links.Report, Notes(ratings, conversations, links.Report));
    }

    private static Interactions Ratings(IReadOnlyList<RatingsSource> sources, LinkResult links, List<string> users, int threads)
    {
        if (sources.Count == 1)
        {
            // The columns of one source are as large as the result: no second copy of those that need no new numbers.
            RatingTable only = sources[0].Ratings;
            users.AddRange(sources[0].Users);
            int[] own = Rows(only, links.RatingItems[0], threads);
            (int[] ofUsers, _, float[] values, long[] times) = only.Columns;
            return InteractionsBuilder.Build(users.Count, links.Items.Count, ofUsers, own, values, times, threads, only.Count);
        }

        int rows = sources.Sum(source => source.Ratings.Count);
        var (user, item, value, time) = (new int[rows], new int[rows], new float[rows], new long[rows]);
        int next = 0;
        for (int s = 0; s < sources.Count; s++)
        {
            RatingTable table = sources[s].Ratings;
            for (int r = 0; r < table.Count; r++, next++)
                (user[next], item[next]) = (users.Count + table.Users[r], links.RatingItems[s][table.Items[r]]);
            table.Values.CopyTo(value.AsSpan(next - table.Count));
            table.Times.CopyTo(time.AsSpan(next - table.Count));
            users.AddRange(sources[s].Users);
        }

        return InteractionsBuilder.Build(users.Count, links.Items.Count, user, item, value, time, threads);
    }

    /// <summary>The source's items as rows of the dataset's; the same array where those are the same.</summary>
    private static int[] Rows(RatingTable table, int[] rowOf, int threads)
    {
        int[] items = table.Columns.Items;
        if (rowOf.Select((row, item) => row == item).All(same => same))
            return items;
        int[] rows = GC.AllocateUninitializedArray<int>(items.Length);
        RowParts.Run(table.Count, threads, (_, begin, end) =>
        {
            for (int r = begin; r < end; r++)
                rows[r] = rowOf[items[r]];
        });
        return rows;
    }

    /// <summary>Items that became one may make a target something that was mentioned.</summary>
    private static Turn Rename(Turn turn, int[] rowOf)
    {
        int[] mentioned = Named(turn.Mentioned);
        int[] reply = Named([.. turn.Targets, .. turn.Repeated]);
        return turn with
        {
            Context = [.. turn.Context.Select(said => said with { Items = Named(said.Items) })],
            Mentioned = mentioned,
            Targets = [.. reply.Where(item => !mentioned.Contains(item))],
            Repeated = [.. reply.Where(mentioned.Contains)],
        };

        int[] Named(int[] items) => [.. items.Select(item => rowOf[item]).Distinct()];
    }

    private static string Words(LinkReport report) => string.Create(CultureInfo.InvariantCulture,
        $"{report.Links.Count:N0} of {report.ConversationItems:N0} conversation items linked to {report.RatedMovies:N0} rated movies: ")
        + string.Create(CultureInfo.InvariantCulture,
        $"{report.CountOf(LinkStage.ImdbId):N0} by IMDb id, {report.CountOf(LinkStage.TitleAndYear):N0} by title and year, {report.CountOf(LinkStage.YearOff):N0} by title with years one apart, {report.CountOf(LinkStage.TitleAlone):N0} by title alone; ")
        + string.Create(CultureInfo.InvariantCulture,
        $"{report.WithRatings:N0} have ratings; {report.Unlinked.Count:N0} unlinked, {report.Ambiguous.Count:N0} ambiguous, {report.Contradicted.Count:N0} contradicted by IMDb ids");

    private static List<string> Notes(IReadOnlyList<RatingsSource> ratings, ConversationSource? conversations, LinkReport report)
    {
        var notes = new List<string>();
        if (conversations is not null)
            notes.Add($"Linking: {Words(report)}; {report.Merged.Count.ToString("N0", CultureInfo.InvariantCulture)} items are several entries of the conversations that are one movie.");
        foreach (RatingsSource source in ratings.Where(source => source.SkippedRows > 0))
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{source.Name}: {source.SkippedRows:N0} malformed rows were skipped."));
        notes.AddRange(conversations?.Notes ?? []);
        return notes;
    }
}
