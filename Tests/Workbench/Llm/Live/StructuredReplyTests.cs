using System.Text.Json;
using Workbench.Llm.Live;

namespace Tests.Workbench.Llm.Live;

/// <summary>Replies in JSON become the lists that they mean.</summary>
public sealed class StructuredReplyTests
{
    private const string Whole = """{"titles": [{"title": "Heat", "year": 1995}, {"year": 2009, "title": "Up"}, {"title": "Amélie \"x\"", "year": null}]}""";

    [Theory]
    [InlineData(Whole, "1. Heat (1995)\n2. Up (2009)\n3. Amélie \"x\"")]
    [InlineData("  {\"titles\":[{\"title\":\"Heat\",\"year\":1995},{\"title\":\"Up\",\"ye", "1. Heat (1995)\n2. Up")]
    [InlineData("{\"titles\":[{\"title\":\"Heat\",\"year\":1995},{\"title\":\"U", "1. Heat (1995)")]
    [InlineData("{\"titles\":[]}", "{\"titles\":[]}")]
    [InlineData("{not json", "{not json")]
    [InlineData("1. Heat (1995)", "1. Heat (1995)")]
    [InlineData("", "")]
    public void It_is_read_as_far_as_it_goes(string reply, string list) => Assert.Equal(list, StructuredReply.AsList(reply));

    [Fact]
    public void Cut_anywhere_it_keeps_every_title_that_was_complete()
    {
        for (int length = 0; length <= Whole.Length; length++)
        {
            string cut = Whole[..length];
            string list = StructuredReply.AsList(cut);
            foreach (string title in (string[])["Heat", "Up"])
            {
                if (cut.Contains($"\"{title}\"", StringComparison.Ordinal))
                    Assert.Contains(title, list, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_schema_that_is_asked_for_is_strict_JSON()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            StructuredReply.WriteFormat(json);
            json.WriteEndObject();
        }

        using JsonDocument written = JsonDocument.Parse(stream.ToArray());
        JsonElement schema = written.RootElement.GetProperty("response_format").GetProperty("json_schema");
        Assert.True(schema.GetProperty("strict").GetBoolean());
        JsonElement title = schema.GetProperty("schema").GetProperty("properties").GetProperty("titles").GetProperty("items");
        Assert.False(title.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(2, title.GetProperty("required").GetArrayLength());
    }
}
