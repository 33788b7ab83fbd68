using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Trainers.Options;

namespace Trainers.Checkpoints;

/// <summary>What makes one training differ from another: method, options, seed, interactions and what it is validated on. A checkpoint carries it in words, so that a refusal can say what differs.</summary>
/// <param name="method">name in the catalogue</param>
/// <param name="options">its options record</param>
/// <param name="interactions">what is learnt from</param>
/// <param name="run">whose seed and validation items they are</param>
internal sealed class TrainingIdentity(string method, object options, Interactions interactions, TrainingRun run)
{
    private const string OptionPrefix = "option.", MethodKey = "method", SeedKey = "seed", InteractionsKey = "interactions", ValidationKey = "validation";

    private readonly Lazy<string> _interactions = new(() => Digest(hash =>
    {
        Append<int>(hash, [interactions.UserCount, interactions.ItemCount]);
        Append<long>(hash, interactions.Offsets);
        Append<int>(hash, interactions.Items);
        Append<float>(hash, interactions.Ratings);
        Append<long>(hash, interactions.Times);
    }));

    private readonly Lazy<string> _validation = new(() => Digest(hash => Append(hash, run.Validation.Span)));

    public string Method => method;

    /// <summary>The property that bounds the number of epochs and nothing else, if there is one: it may change from start to start.</summary>
    public string? LengthOption { get; init; }

    /// <summary>As entries of a file's metadata.</summary>
    public IEnumerable<KeyValuePair<string, string>> Describe()
    {
        yield return new(MethodKey, method);
        yield return new(SeedKey, run.Seed.ToString(CultureInfo.InvariantCulture));
        yield return new(InteractionsKey, _interactions.Value);
        yield return new(ValidationKey, _validation.Value);
        foreach (OptionSpec spec in OptionSpecs.Of(options.GetType()))
        {
            if (spec.Property.Name != LengthOption)
                yield return new(OptionPrefix + spec.Name, OptionText.Of(spec.Get(options)));
        }
    }

    /// <summary>What is different in a checkpoint; null if nothing is.</summary>
    public string? DifferenceTo(IReadOnlyDictionary<string, string> described)
    {
        if (described.GetValueOrDefault(MethodKey) is var other && other != method)
            return $"{other ?? "nothing known"}, not of {method}";
        Dictionary<string, string> mine = Describe().ToDictionary();
        string[] differences = [.. mine.Keys.Union(described.Keys.Where(key => key.StartsWith(OptionPrefix, StringComparison.Ordinal)))
            .Where(key => mine.GetValueOrDefault(key) != described.GetValueOrDefault(key))
            .Select(key => key switch
            {
                InteractionsKey => "other interactions",
                ValidationKey => "other validation items",
                _ => $"{Name(key)} {described.GetValueOrDefault(key) ?? "unknown"} (now {mine.GetValueOrDefault(key) ?? "unknown"})",
            })];
        return differences.Length == 0 ? null : $"{method} with {string.Join(", ", differences)}";
    }

    private static string Name(string key) => key.StartsWith(OptionPrefix, StringComparison.Ordinal) ? $"`{key[OptionPrefix.Length..]}`" : key;

    private static string Digest(Action<IncrementalHash> append)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        append(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // In pieces: the bytes of all may be more than a span can have.
    private static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        const int Piece = 1 << 20;
        for (; values.Length > Piece; values = values[Piece..])
            hash.AppendData(MemoryMarshal.AsBytes(values[..Piece]));
        hash.AppendData(MemoryMarshal.AsBytes(values));
    }
}
