using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Workbench.Llm.Endpoints;

/// <summary>Which of the endpoint's services a call is for.</summary>
internal enum ApiService
{
    /// <summary>/chat/completions</summary>
    Chat,

    /// <summary>/embeddings</summary>
    Embeddings,
}

/// <summary>SHA-256 of what is asked: service, endpoint, model, prompt and parameters.</summary>
internal readonly record struct QuestionKey(string Hex)
{
    public static QuestionKey Of(ApiService service, string endpoint, ReadOnlySpan<byte> question)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{service}\n{endpoint}\n"));
        hash.AppendData(question);
        return new QuestionKey(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}

/// <summary>One request: of a chat one question, of embeddings several.</summary>
internal abstract record ApiCall(ApiService Service, string Model)
{
    /// <summary>One per question, and one answer each.</summary>
    public abstract IReadOnlyList<QuestionKey> Keys { get; }

    /// <summary>The most that it can cost.</summary>
    public abstract TokenCount AtMost { get; }

    /// <summary>JSON, the same for the same question.</summary>
    public abstract byte[] Body();

    /// <summary>The same call without the questions that have an answer already.</summary>
    /// <param name="open">positions of those that have none, in order</param>
    public abstract ApiCall Only(IReadOnlyList<int> open);

    /// <summary>Reads a response whose status was a success.</summary>
    public abstract Verdict Read(JsonElement response, ApiKey key);
}
