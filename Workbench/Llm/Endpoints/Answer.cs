using System.Text;

namespace Workbench.Llm.Endpoints;

/// <summary>What an endpoint gave for one question, as the cache keeps it.</summary>
/// <param name="Payload">a reply's text in UTF-8, or a vector's float32, little-endian</param>
/// <param name="Finish">why it ended, in the endpoint's words: <c>stop</c>, <c>length</c>, <c>content_filter</c></param>
/// <param name="Tokens">billed for it</param>
internal sealed record Answer(byte[] Payload, string Finish, TokenCount Tokens)
{
    public const string Stop = "stop";
    public const string Length = "length";
    public const string ContentFilter = "content_filter";

    public string Text => Encoding.UTF8.GetString(Payload);
}
