namespace Data.Views;

/// <summary>The columns of the workbench's data views, and those that its transformers append.</summary>
public static class ColumnNames
{
    /// <summary>Interactions and histories: key of the user, with names as key values.</summary>
    public const string User = "User";

    /// <summary>Interactions: key of the item, with titles and years as key values.</summary>
    public const string Item = "Item";

    /// <summary>Interactions: stars; NaN where there are none.</summary>
    public const string Rating = "Rating";

    /// <summary>Interactions: Unix seconds.</summary>
    public const string Timestamp = "Timestamp";

    /// <summary>Conversations: id of the turn.</summary>
    public const string Turn = "Turn";

    /// <summary>Conversations: id of the dialogue.</summary>
    public const string Conversation = "Conversation";

    /// <summary>Conversations: what was said before, a line per utterance.</summary>
    public const string Context = "Context";

    /// <summary>Items known of the asker, oldest first: those mentioned before the turn, or a user's history.</summary>
    public const string Mentioned = "Mentioned";

    /// <summary>Items to be found.</summary>
    public const string Targets = "Targets";

    /// <summary>Items that the language model named, best first.</summary>
    public const string LlmItems = "LlmItems";

    /// <summary>Appended by rankers: items, best first.</summary>
    public const string RankedItems = "RankedItems";

    /// <summary>Appended by rankers: the scores of <see cref="RankedItems"/>.</summary>
    public const string Scores = "Scores";

    /// <summary>Appended by embeddings: the vector of <see cref="Item"/>.</summary>
    public const string Embedding = "Embedding";
}
