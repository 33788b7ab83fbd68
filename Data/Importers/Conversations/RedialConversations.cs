using Trainers;

namespace Data.Importers.Conversations;

/// <summary>ReDIAL: its own dialogues, and the turns that He et al. (2023) made of them.</summary>
internal static class RedialConversations
{
    public static ConversationSource Read(ConversationFiles files, ImportNotes notes, CancellationToken cancellation)
    {
        var movies = RedialMovies.Load(files.Folder, notes);
        var read = new ConversationReading("redial", "ReDIAL (Li et al. 2018): CC BY 4.0", files, notes, cancellation);
        if (files.Turns.Count > 0)
        {
            var entities = EntityTable.Load(files.Folder, files.Turns[0].Name);
            var linker = new RedialTurnLinker(movies, entities, notes);
            foreach (ConversationFile file in files.Turns)
                read.Link(TurnFile.Read(file, entities, notes, cancellation), linker);
        }

        var dialogues = new RedialDialogues(movies, notes);
        foreach (ConversationFile file in read.Unread(files.Dialogues))
        {
            if (InspiredDialogues.IsIn(file))
                throw new UserErrorException($"INSPIRED's dialogues beside ReDIAL's {RedialMovies.NamesFile}: keep each dataset in a folder of its own", file.Path);
            dialogues.Read(file, read.Turns, cancellation);
        }

        return read.Source(movies.Items);
    }
}
