namespace Data.Titles;

/// <summary>An item as <see cref="TitleIndex"/> takes it.</summary>
/// <param name="Id">the item's number; an item may be entered under several titles</param>
/// <param name="Title">with or without other titles in parentheses, without the year</param>
/// <param name="Year">if known</param>
public readonly record struct TitleEntry(int Id, string Title, int? Year)
{
    /// <summary>Weaker titles: they decide only where no main title does.</summary>
    public IReadOnlyList<string>? AlsoKnownAs { get; init; }

    /// <summary>The entries of a catalogue: numbers are positions, other titles come from the column that the linker writes.</summary>
    public static IEnumerable<TitleEntry> Of(IReadOnlyList<Item> items) => items.Select((item, number) => new TitleEntry(number, item.Title, item.Year)
    {
        AlsoKnownAs = item.More.TryGetValue(Item.AlsoKnownAsColumn, out string? others) ? others.Split(Item.AlsoKnownAsSeparator) : null,
    });
}
