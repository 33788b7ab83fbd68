using System.Globalization;
using System.Text;

namespace Workbench.Llm.Endpoints;

/// <summary>Tokens of prompts and of replies: what is billed.</summary>
internal readonly record struct TokenCount(long Prompt, long Reply)
{
    // What the chat format adds around one message.
    private const int Framing = 32;

    // Of English text with titles, by the tokenizers in use: about four bytes, a little more than a token's length.
    private const double BytesPerToken = 4;

    public long Total => Prompt + Reply;

    public static TokenCount operator +(TokenCount a, TokenCount b) => new(a.Prompt + b.Prompt, a.Reply + b.Reply);

    public static TokenCount operator -(TokenCount a, TokenCount b) => new(a.Prompt - b.Prompt, a.Reply - b.Reply);

    /// <summary>No tokenizer makes more: none of their tokens is shorter than a byte.</summary>
    public static long AtMost(ReadOnlySpan<byte> utf8) => utf8.Length + Framing;

    /// <summary>About so many, for an estimate.</summary>
    public static long About(string text) => (long)Math.Ceiling(Encoding.UTF8.GetByteCount(text) / BytesPerToken);
}

/// <summary>Prices of a million tokens, in whatever currency; null where they are not known.</summary>
internal sealed record Prices(double? Prompt, double? Reply)
{
    /// <summary>Money, to four places, or to more where it is little.</summary>
    public static string Text(double money) => money.ToString(money >= 0.01 ? "0.####" : "0.######", CultureInfo.InvariantCulture);

    /// <summary>Null if a price is not known.</summary>
    public double? Of(TokenCount tokens) =>
        Prompt is { } prompt && Reply is { } reply ? (tokens.Prompt * prompt + tokens.Reply * reply) / 1e6 : null;
}
