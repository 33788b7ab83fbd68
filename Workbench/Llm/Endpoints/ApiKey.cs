using Trainers;

namespace Workbench.Llm.Endpoints;

/// <summary>The key of an endpoint. It comes from the environment, goes into the request's header, and nowhere else: no text of ours prints it.</summary>
internal sealed class ApiKey
{
    /// <summary>Stands where the key, or a part of it, stood in somebody's text.</summary>
    public const string Hidden = "[key]";

    // A part so short may be a word. Keys of local servers ("none", "ollama") are no secrets, and may be words too.
    private const int ShortestPart = 8;
    private const int ShortestSecret = 16;

    private readonly string? _value;
    private readonly HashSet<string> _parts = [];

    private ApiKey(string? value)
    {
        _value = value;
        for (int i = 0; value is { Length: >= ShortestSecret } && i + ShortestPart <= value.Length; i++)
            _parts.Add(value.Substring(i, ShortestPart));
    }

    public bool IsGiven => _value is not null;

    /// <param name="variable">of the environment; null for an endpoint that wants no key</param>
    /// <exception cref="UserErrorException">The variable is not set, or holds no key.</exception>
    public static ApiKey FromEnvironment(string? variable)
    {
        if (variable is null)
            return new ApiKey(null);
        string? value = Environment.GetEnvironmentVariable(variable)?.Trim();
        if (string.IsNullOrEmpty(value))
            throw new UserErrorException($"the environment variable {variable} is not set: put the endpoint's key there, or say `key_variable: none` if it wants none");
        if (!value.All(letter => letter is > ' ' and < '\x7F'))
            throw new UserErrorException($"the environment variable {variable} holds a character that no key has: a space, a line break or a letter beyond ASCII");
        return new ApiKey(value);
    }

    /// <summary>For the request alone.</summary>
    public string Reveal() => _value ?? "none";

    /// <summary>Somebody's text without the key and without parts of it.</summary>
    public string Hide(string text)
    {
        if (_value is null)
            return text;
        string without = text.Replace(_value, Hidden, StringComparison.Ordinal);
        for (int i = 0; _parts.Count > 0 && i + ShortestPart <= without.Length; i++)
        {
            int length = LengthOfPart(without, i);
            if (length > 0)
                without = string.Concat(without.AsSpan(0, i), Hidden, without.AsSpan(i + length));
        }

        return without;
    }

    /// <summary>A model's words without the key, which a server may repeat; a key that is no secret may be a word of theirs.</summary>
    public string HideWhole(string text) => _value is { Length: >= ShortestSecret } ? text.Replace(_value, Hidden, StringComparison.Ordinal) : text;

    private int LengthOfPart(string text, int start)
    {
        int length = 0;
        while (start + length + ShortestPart <= text.Length && _parts.Contains(text.Substring(start + length, ShortestPart)))
            length++;
        return length == 0 ? 0 : length + ShortestPart - 1;
    }
}
