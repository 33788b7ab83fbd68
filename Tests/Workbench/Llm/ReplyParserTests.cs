using Workbench.Llm;

namespace Tests.Workbench.Llm;

/// <summary>Replies are invented; each has a shape that models were seen to use.</summary>
public sealed class ReplyParserTests
{
    [Theory]
    [InlineData("1. Heat (1995)\n2. Ronin\n3. Up (2009)", "Heat (1995)|Ronin|Up (2009)")]
    [InlineData("Sure! Here are 20 movie recommendations:\n\n1) **Heat** (1995)\n2) *Ronin*\n\nEnjoy!", "Heat (1995)|Ronin")]
    [InlineData("1. \"Heat\" (1995) - a classic\n2. Ronin (1998), by John Frankenheimer\n3. Thief by Michael Mann\n4. Collateral, directed by Michael Mann", "Heat (1995)|Ronin (1998)|Thief|Collateral")]
    [InlineData("1. Heat 2. Ronin 3. 12 Angry Men", "Heat|Ronin|12 Angry Men")]
    [InlineData("1. 1917\n2. 2001: A Space Odyssey\n3. 50 First Dates\n4. (500) Days of Summer (2009)", "1917|2001: A Space Odyssey|50 First Dates|(500) Days of Summer (2009)")]
    [InlineData("System: 1. Heat\nUser: More like \"Thief\"?\nSystem: 2. Ronin", "Heat|Ronin")]
    public void Numbered_lists(string reply, string expected) => Assert.Equal(expected, Shown(reply));

    [Theory]
    [InlineData("- Heat (1995)\n- Ronin\n* Up", "Heat (1995)|Ronin|Up")]
    [InlineData("• Stand by Me\n• Manchester by the Sea\n• Spider-Man: Homecoming", "Stand by Me|Manchester by the Sea|Spider-Man: Homecoming")]
    [InlineData("1. Heat\n   - Starring: Al Pacino, Robert De Niro\n2. Ronin\n   - Recommendation: \"Thief\"", "Heat|Ronin|Thief")]
    public void Bullets(string reply, string expected) => Assert.Equal(expected, Shown(reply));

    [Theory]
    [InlineData("Heat (1995), Ronin (1998), The Good Shepherd (2006), and Up (2009).", "Heat (1995)|Ronin (1998)|The Good Shepherd (2006)|Up (2009)")]
    [InlineData("I would recommend Heat, Ronin, Thief and Friends, and The Insider.", "Heat|Ronin|Thief and Friends|The Insider")]
    [InlineData("User: Any thrillers?\nSystem: Heat, Ronin, Thief\nUser: Others?\nSystem: The Insider", "Heat|Ronin|Thief|The Insider")]
    [InlineData("Heat (1995, USA), Comedy (genre), Ronin (Director: John Frankenheimer)", "Heat (1995)|Ronin")]
    public void Commas(string reply, string expected) => Assert.Equal(expected, Shown(reply));

    [Theory]
    [InlineData("You might enjoy \"Heat,\" \"Ronin,\" or “What's Up, Doc?” next.", "Heat|Ronin|What's Up, Doc?")]
    [InlineData("System: Try 'Heat' or 'Ocean's Eleven' (2001)", "Heat|Ocean's Eleven (2001)")]
    public void Quotes(string reply, string expected) => Assert.Equal(expected, Shown(reply));

    [Theory]
    [InlineData("Heat\nRonin\nThe Insider\nUp (2009)", "Heat|Ronin|The Insider|Up (2009)")]
    [InlineData("300: Rise of an Empire\n(500) Days of Summer\n12 Angry Men", "300: Rise of an Empire|(500) Days of Summer|12 Angry Men")]
    [InlineData("You should see The Silence of the Lambs (1991) first, it is a must.", "The Silence of the Lambs (1991)")]
    public void Bare_lines_and_prose(string reply, string expected) => Assert.Equal(expected, Shown(reply));

    [Theory]
    [InlineData("1. Al Pacino (actor)\n2. Heat\n3. Crime (Genre)\n4. [No specific film]\n5. ...\n6. Warner Bros. (production company)", "Heat")]
    [InlineData("1. Heat (related to Ronin)\n2. Crime film set in Paris: \"Ronin\"", "Heat|Ronin")]
    [InlineData("1. Heat\n2. heat\n3. The Heat (2013)\n4. Heat", "Heat|The Heat (2013)")]
    [InlineData("1. Heat\n2. Ron", "Heat|Ron")]
    [InlineData("1. Heat\r\n2. \"Ronin", "Heat|Ronin")]
    public void What_is_no_title_or_a_repeat_is_left_out(string reply, string expected) => Assert.Equal(expected, Shown(reply));

    [Theory]
    [InlineData("")]
    [InlineData("  \n\n")]
    [InlineData("I'm sorry, but I can't recommend movies based on the information provided.")]
    [InlineData("Apologies, but the context doesn't contain a conversation, a genre, or preferences to go by. Please provide more details.")]
    [InlineData("I don't have enough information. If you have other questions, feel free to ask!")]
    [InlineData("User: I'm in the mood")]
    [InlineData("I'm sorry, but nothing here relates to \"Heat\" or \"Ronin\", so I cannot recommend anything.")]
    [InlineData("{\"recommendations\": []}")]
    public void Refusals_and_chatter_name_nothing(string reply) => Assert.Empty(ReplyParser.Parse(reply));

    [Theory]
    [InlineData("{\"films\": [{\"title\": \"Heat\", \"year\": 1995, \"cast\": [\"Al Pacino\"]}, {\"title\": \"Ronin\", \"year\": \"1998\"}]}", "Heat (1995)|Ronin (1998)")]
    [InlineData("```json\n[\"Heat (1995)\", \"Ronin\",]\n```", "Heat (1995)|Ronin")]
    [InlineData("| # | Title | Year |\n|---|---|---|\n| 1 | Heat | 1995 |\n| 2 | Ronin | 1998 |", "Heat (1995)|Ronin (1998)")]
    [InlineData("Try **Heat** or *Ronin* tonight.", "Heat|Ronin")]
    [InlineData("a) Heat\nb) Ronin", "Heat|Ronin")]
    [InlineData("1. [Heat](https://example.invalid/heat) (1995)\n2. Ronin, 1998\n3. Thief - 1981", "Heat (1995)|Ronin (1998)|Thief (1981)")]
    [InlineData("1. Heat, Ronin, Crime fiction, Thief\n2. Up", "Heat|Ronin|Thief|Up")]
    [InlineData("1. Mission: Impossible - Fallout\n2. Kill Bill: Vol. 1 - a tale of revenge", "Mission: Impossible - Fallout|Kill Bill: Vol. 1")]
    public void Json_tables_emphasis_and_lists_within_lists(string reply, string expected) => Assert.Equal(expected, Shown(reply));

    [Fact]
    public void Positions_count_the_titles()
    {
        IReadOnlyList<NamedTitle> titles = ReplyParser.Parse("1. Heat\n2. Heat\n3. Al Pacino (actor)\n4. Ronin (1998)");
        Assert.Equal([new NamedTitle("Heat", null, 0), new NamedTitle("Ronin", 1998, 1)], titles);
    }

    [Fact]
    public void Any_text_is_survived()
    {
        var random = new Random(5);
        const string signs = "aZ 19(5)\"'“”‘’,;:.-*\n•[]é()&\t#0😀1.";
        for (int i = 0; i < 2000; i++)
        {
            string reply = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => signs[random.Next(signs.Length)]));
            Assert.All(ReplyParser.Parse(reply), title => Assert.Contains(title.Title, char.IsLetterOrDigit));
        }
    }

    [Theory]
    [InlineData("Aa ")]
    [InlineData("(")]
    [InlineData("\"a ")]
    [InlineData("A, ")]
    [InlineData(" - by Aa")]
    [InlineData("1. ")]
    public void A_reply_that_loops_is_read_in_no_time(string loop)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        ReplyParser.Parse(string.Concat(Enumerable.Repeat(loop, 8000)));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    private static string Shown(string reply) => string.Join('|', ReplyParser.Parse(reply).Select(title => title.Year is { } year ? $"{title.Title} ({year})" : title.Title));
}
