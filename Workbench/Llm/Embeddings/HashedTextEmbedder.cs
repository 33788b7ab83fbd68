using System.Numerics.Tensors;
using Data.Titles;
using Trainers.Options;

namespace Workbench.Llm.Embeddings;

/// <summary>Options of <see cref="HashedTextEmbedder"/>.</summary>
public record HashedTextOptions
{
    [Option("length of a text's vector", Min = 16, Max = 65_536)]
    [Search(Choices = [512, 1024, 2048])]
    public int TextDimension { get; init; } = 1024;

    [Option("words in a row that are a feature, at most; 0 for no words", Min = 0, Max = 4)]
    [Search(Low = 1, High = 3)]
    public int Words { get; init; } = 2;

    [Option("letters in a row that are a feature, within words with their ends marked; 0 for none", Min = 0, Max = 8)]
    [Search(Choices = [0, 3, 4, 5])]
    public int Letters { get; init; } = 4;
}

/// <summary>
/// A stand-in for a language model's embeddings that needs none: word and letter n-grams, hashed with signs into a vector of fixed length
/// (Weinberger et al. 2009), each weighted by its inverse document frequency among the texts that it was made for.
/// </summary>
/// <remarks>
/// It knows that texts share words, not what words mean. Weight of a feature with count c: (1 + ln c) (1 + ln((n + 1) / (f + 1))), n texts,
/// f of which have it; a feature that none of them has says nothing and counts nothing. Vectors have length 1, or are zero.
/// </remarks>
public sealed class HashedTextEmbedder : ITextEmbedder
{
    private readonly HashedTextOptions _options;
    private readonly Dictionary<ulong, int> _frequencies = [];
    private readonly int _texts;

    /// <param name="options">which features, how long a vector</param>
    /// <param name="texts">n texts, whose features are the ones that count</param>
    public HashedTextEmbedder(HashedTextOptions options, IReadOnlyList<string> texts)
    {
        (_options, _texts) = (options, texts.Count);
        foreach (string text in texts)
        {
            foreach (ulong feature in Features(text).Keys)
                _frequencies[feature] = _frequencies.GetValueOrDefault(feature) + 1;
        }
    }

    /// <inheritdoc/>
    public float[][] Embed(IReadOnlyList<string> texts) => [.. texts.Select(Embed)];

    private float[] Embed(string text)
    {
        var vector = new float[_options.TextDimension];
        foreach ((ulong feature, int count) in Features(text))
        {
            if (!_frequencies.TryGetValue(feature, out int frequency))
                continue;
            double weight = (1 + Math.Log(count)) * (1 + Math.Log((_texts + 1.0) / (frequency + 1)));

            // The low bits choose the place, the highest one the sign.
            vector[feature % (ulong)vector.Length] += (float)((feature >> 63) == 0 ? weight : -weight);
        }

        float norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0)
            TensorPrimitives.Divide(vector, norm, vector);
        return vector;
    }

    /// <summary>Features in the order of the text: sums of floats have one order.</summary>
    private OrderedDictionary<ulong, int> Features(string text)
    {
        string[] words = TitleNormalizer.Normalize(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var features = new OrderedDictionary<ulong, int>();
        for (int first = 0; first < words.Length; first++)
        {
            for (int length = 1; length <= Math.Min(_options.Words, words.Length - first); length++)
                Add('w', string.Join(' ', words, first, length));
            string marked = $"<{words[first]}>";
            for (int at = 0; _options.Letters > 0 && at + _options.Letters <= marked.Length; at++)
                Add('l', marked.AsSpan(at, _options.Letters));
        }

        return features;

        void Add(char kind, ReadOnlySpan<char> feature)
        {
            ulong hash = Hash(kind, feature);
            features[hash] = features.GetValueOrDefault(hash) + 1;
        }
    }

    /// <summary>FNV-1a over UTF-16, then SplitMix64's finish: the same on every machine.</summary>
    private static ulong Hash(char kind, ReadOnlySpan<char> text)
    {
        ulong hash = 0xCBF29CE484222325 ^ kind;
        foreach (char letter in text)
            hash = (hash ^ letter) * 0x100000001B3;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
