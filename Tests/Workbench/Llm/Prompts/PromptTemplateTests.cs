using Data;
using Tests.Data;
using Trainers;
using Workbench.Llm.Prompts;

namespace Tests.Workbench.Llm.Prompts;

/// <summary>Prompts from templates, and what is wrong with a template.</summary>
public sealed class PromptTemplateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly Item[] Items = [new Item("a", "Heat", 1995, [], null, null, default), new Item("b", "Up", null, [], null, null, default)];

    private static readonly Turn Turn = new(
        "t", "c", Split.Test, null, null,
        [
            new Utterance(Role.Recommender, "", []),
            new Utterance(Role.Seeker, "I liked Heat (1995)\nand Up,\tor {context}.", [0, 1]),
            new Utterance(Role.Recommender, "Did you?", []),
        ],
        [0, 1], [], []);

    public void Dispose() => _folder.Dispose();

    private string Write(string text)
    {
        File.WriteAllText(_folder["template.txt"], text);
        return _folder["template.txt"];
    }

    [Fact]
    public void The_default_has_task_format_and_context()
    {
        string prompt = PromptTemplate.Of(null).Fill(Turn, Items, 20);
        Assert.EndsWith("The conversation:\nUser: I liked Heat (1995) and Up, or {context}.\nSystem: Did you?\nSystem:", prompt, StringComparison.Ordinal);
        Assert.Contains(" 20 recommendations ", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain('[', prompt);
        Assert.Equal(3, prompt.Split('\n').TakeWhile(line => !line.StartsWith("User:", StringComparison.Ordinal)).Count());
    }

    [Fact]
    public void A_file_says_its_own_words_in_its_own_order()
    {
        string file = Write("\n[CONTEXT]\n\nKnown:\n{mentioned}\n\n[TASK]\r\nName {titles} {{others}}.\n  [FORMAT]  \nA list.\n\n");
        Assert.Equal("Known:\nHeat (1995)\nUp\nName 5 {others}.\nA list.", PromptTemplate.Of(file).Fill(Turn, Items, 5));
    }

    [Theory]
    [InlineData("[TASK]\nx\n[FORMAT]\n{titels}\n[CONTEXT]\n{context}", ":4:1: there is no placeholder {titels}; did you mean `titles`? (known: {titles}, {context}, {mentioned})")]
    [InlineData("[TASK]\nx {\n[FORMAT]\n{titles}\n[CONTEXT]\n{context}", ":2:3: `{` alone")]
    [InlineData("[TASK]\nx }\n[FORMAT]\n{titles}\n[CONTEXT]\n{context}", ":2:3: `}` alone")]
    [InlineData("[TASK]\nx {}\n[FORMAT]\n{titles}\n[CONTEXT]\n{context}", ":2:3: there is no placeholder {}")]
    [InlineData("hello\n[TASK]\nx\n[FORMAT]\n{titles}\n[CONTEXT]\n{context}", ":1:1: text before the first section")]
    [InlineData("[TASK]\nx\n[FORMATS]\n{titles}\n[CONTEXT]\n{context}", ":3:1: there is no section [FORMATS]; did you mean `FORMAT`?")]
    [InlineData("[TASK]\nx\n[TASK]\n{titles}\n[CONTEXT]\n{context}", ":3:1: the section [TASK] is given twice")]
    [InlineData("[TASK]\nx\n[CONTEXT]\n{context} {titles}", ": the section [FORMAT] is missing")]
    [InlineData("[TASK]\n \n[FORMAT]\n{titles}\n[CONTEXT]\n{context}", ": the section [TASK] is empty")]
    [InlineData("[TASK]\nx\n[FORMAT]\n{titles}\n[CONTEXT]\nnothing", ": neither {context} nor {mentioned} stands in it")]
    [InlineData("[TASK]\nx\n[FORMAT]\nlist\n[CONTEXT]\n{context}", ": {titles} does not stand in it")]
    [InlineData("", ": the section [TASK] is missing")]
    public void A_mistake_has_its_place(string text, string says)
    {
        string file = Write(text);
        UserErrorException error = Assert.Throws<UserErrorException>(() => PromptTemplate.Of(file));
        Assert.StartsWith(file + says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_file_that_is_no_text_is_refused()
    {
        string file = _folder["template.txt"];
        Assert.Contains("cannot be read", Assert.Throws<UserErrorException>(() => PromptTemplate.Of(file)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(file, [0x5B, 0xFF, 0xFE]);
        Assert.Contains("is not UTF-8", Assert.Throws<UserErrorException>(() => PromptTemplate.Of(file)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(file, new byte[(1 << 20) + 1]);
        Assert.Contains("larger than 1 MB", Assert.Throws<UserErrorException>(() => PromptTemplate.Of(file)).Message, StringComparison.Ordinal);
    }
}
