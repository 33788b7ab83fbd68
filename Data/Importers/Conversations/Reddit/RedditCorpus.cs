namespace Data.Importers.Conversations.Reddit;

/// <summary>
/// Reddit-Movie as published (He et al. 2023, Reddit-Movie-small-V1 and -large-V1): train.csv, valid.csv and test.csv, a row per post and path of its
/// thread, with id2name.json. Turns in the format of He et al. beside them are the turns of their splits.
/// </summary>
internal static class RedditCorpus
{
    public const string Licence = "Reddit-Movie (He et al. 2023): for research use only";

    public static bool IsIn(ConversationFiles files) => RedditCatalogue.IsIn(files.Folder) && files.Tables.Any(IsPosts);

    public static ConversationSource Read(ConversationFiles files, ImportNotes notes, CancellationToken cancellation)
    {
        var catalogue = RedditCatalogue.Load(files.Folder, notes);
        var read = new ConversationReading("reddit-movie", Licence, files, notes, cancellation);
        var posts = new RedditPosts(catalogue, notes);
        foreach (ConversationFile file in read.Unread(files.Tables.Where(IsPosts)))
            posts.Read(file, cancellation);
        posts.Link("reddit-movie", read.Turns);
        if (files.Turns.Count > 0)
        {
            var entities = EntityTable.Load(files.Folder, files.Turns[0].Name);
            var linker = new EntityTurnLinker(catalogue.With(entities, notes), notes);
            foreach (ConversationFile file in files.Turns)
            {
                read.Link(TurnFile.Read(file, entities, notes, cancellation), linker);
                notes.Count(
                    file.Name, "turns whose first post begins as that of a thread of an earlier split: what is learned there may know their replies",
                    RedditOverlap.Count(read.Turns.Turns, file.Split));
            }
        }

        return read.Source(catalogue.Items);
    }

    private static bool IsPosts(ConversationFile file) => file.Path.EndsWith(".csv", StringComparison.Ordinal);
}
