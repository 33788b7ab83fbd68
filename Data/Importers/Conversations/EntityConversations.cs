using Trainers;

namespace Data.Importers.Conversations;

/// <summary>INSPIRED in all its forms, and Reddit-Movie's turns: items are entities of entity2id.json, or, of INSPIRED's tables alone, the films that they name.</summary>
internal static class EntityConversations
{
    public static ConversationSource Read(ConversationFiles files, ImportNotes notes, CancellationToken cancellation)
    {
        ConversationFile[] tables = [.. files.Tables.Where(InspiredTable.IsIn)];
        if (files.Dialogues.FirstOrDefault(file => !InspiredDialogues.IsIn(file)) is { } redial)
            throw new UserErrorException($"ReDIAL's dialogues need {RedialMovies.NamesFile} or {RedialMovies.InfoFile} beside them: copy one from the dataset's source", redial.Path);
        if (files.Turns.Count + files.Dialogues.Count + tables.Length == 0)
            throw new UserErrorException($"Reddit-Movie's posts need {Reddit.RedditCatalogue.NamesFile} beside them: copy it from the dataset's source", files.Tables[0].Path);

        // The dialogues of a split that has turns are read for the years of films only, and tables where there are no dialogues.
        InspiredDialogues[] dialogues = [.. files.Dialogues.Select(file => InspiredDialogues.Read(file, notes, cancellation))];
        InspiredDialogues[] talks = [.. tables.Where(table => files.Dialogues.All(file => file.Split != table.Split)).Select(file => InspiredTable.Read(file, notes, cancellation))];
        bool named = files.Turns.Count + files.Dialogues.Count > 0 || EntityTable.IsIn(files.Folder);
        EntityTable entities = named
            ? EntityTable.Load(files.Folder, files.Turns.Concat(files.Dialogues).Concat(tables).First().Name)
            : EntityTable.OfNames(talks.SelectMany(InspiredTable.FilmsOf));
        if (named)
            talks = new InspiredFilms(entities).Link(talks);

        TurnFile[] rows = [.. files.Turns.Select(file => TurnFile.Read(file, entities, notes, cancellation))];
        bool reddit = ImdbCatalogue.Fits(entities);
        (string name, string licence) = reddit
            ? ("reddit-movie", Reddit.RedditCorpus.Licence)
            : ("inspired", "INSPIRED (Hayati et al. 2020), turns by He et al. 2023: see the licence of the source");
        EntityCatalogue catalogue = reddit ? ImdbCatalogue.Build(entities, notes) : Inspired(entities, named, rows, [.. dialogues, .. talks], notes);
        var linker = new EntityTurnLinker(catalogue, notes);
        var read = new ConversationReading(name, licence, files, notes, cancellation);
        HashSet<ConversationFile> unread = [.. read.Unread([.. files.Dialogues, .. tables])];
        foreach (InspiredDialogues file in dialogues.Concat(talks).Where(file => unread.Contains(file.File)).OrderBy(file => file.File.Split))
            file.Link(entities, linker, read.Turns, notes);
        foreach (TurnFile file in rows)
            read.Link(file, linker, namelessSeekers: !reddit);
        return read.Source(catalogue.Items);
    }

    private static EntityCatalogue Inspired(EntityTable entities, bool named, TurnFile[] rows, InspiredDialogues[] dialogues, ImportNotes notes)
    {
        if (!named)
            return InspiredFilms.Catalogue(entities, notes);
        var votes = new MovieVotes();
        foreach (InspiredDialogues file in dialogues)
            file.Vote(votes);
        return InspiredCatalogue.Build(entities, rows.SelectMany(file => file.Rows).OfType<TurnRow>(), votes, notes);
    }
}
