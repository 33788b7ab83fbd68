using Data;
using Data.Importers;

namespace Tests.Data.Importers.Conversations;

/// <summary>ReDIAL as published: counts found independently of the importer.</summary>
public sealed class RealRedialTests(ITestOutputHelper output)
{
    [Fact]
    public void The_turns_of_ReDIAL_keep_their_counts()
    {
        ConversationSource source = RealData.Open("redial");
        foreach (string note in source.Notes)
            output.WriteLine(note.Length > 600 ? note[..600] + " ..." : note);

        Turn[] test = [.. source.Turns.Where(turn => turn.Split == Split.Test)];
        Turn[] valid = [.. source.Turns.Where(turn => turn.Split == Split.Validation)];
        output.WriteLine($"test {test.Length} turns, {test.Sum(turn => turn.Targets.Length)} targets, {test.Sum(turn => turn.Repeated.Length)} repeated, {test.Sum(turn => turn.Mentioned.Length)} mentioned, {test.Count(turn => turn.Mentioned.Length == 0)} without a mention");
        output.WriteLine($"valid {valid.Length} turns, {valid.Sum(turn => turn.Targets.Length)} targets, {valid.Select(turn => turn.User).Distinct().Count()} seekers");
        Assert.Equal(6924, source.Items.Count);
        Assert.Equal(1803, test.Length);
        Assert.Equal(2907, valid.Length);
        Assert.Equal(1803, source.Replies["gpt-3.5-turbo"].Count);
    }

    [Fact]
    public void The_turns_of_INSPIRED_keep_their_counts()
    {
        ConversationSource source = RealData.Open("inspired");
        foreach (string note in source.Notes)
            output.WriteLine(note.Length > 600 ? note[..600] + " ..." : note);
        foreach (var split in source.Turns.GroupBy(turn => turn.Split))
            output.WriteLine($"{split.Key}: {split.Count()} turns, {split.Sum(turn => turn.Targets.Length)} targets, {split.Sum(turn => turn.Repeated.Length)} repeated");
        Assert.Equal(228, source.Turns.Count(turn => turn.Split == Split.Test));
    }
}
