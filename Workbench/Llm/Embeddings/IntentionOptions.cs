using Trainers;
using Trainers.Options;
using Workbench.Experiments;

namespace Workbench.Llm.Embeddings;

/// <summary>Options of <c>text-hashed</c>.</summary>
public sealed record HashedRowOptions : HashedTextOptions
{
    [Option("share of the conversation's own words beside the items mentioned in it: 1 the words alone, 0 the items alone", Min = 0, Max = 1)]
    [Search(Low = 0, High = 1)]
    public double Intention { get; init; } = 1;
}

/// <summary>Options of <c>text-endpoint</c>.</summary>
public sealed record EndpointRowOptions : TextEmbeddingOptions
{
    [Option("share of the conversation's own words beside the items mentioned in it: 1 the words alone, 0 the items alone", Min = 0, Max = 1)]
    [Search(Low = 0, High = 1)]
    public double Intention { get; init; } = 1;
}

/// <summary>Options of <c>text-vectors</c>.</summary>
public sealed record VectorFileOptions
{
    [Option("vectors by item id: .safetensors, .npy with ids, or .vec (word2vec's text)"), Key(IsPath = true)]
    public string File { get; init; } = "";

    [Option("vectors by turn id in the same space, for the conversation's own words; without them the items mentioned are compared"), Key(IsPath = true)]
    public string? Turns { get; init; }

    [Option("share of the conversation's own words beside the items mentioned in it, where there are vectors of turns", Min = 0, Max = 1)]
    [Search(Low = 0, High = 1)]
    public double Intention { get; init; } = 1;
}

/// <summary>Options of <c>alpharec</c>.</summary>
public sealed record AlphaRecRowOptions : AlphaRecOptions
{
    [Option("text vectors by item id: .safetensors, .npy with ids, or .vec (word2vec's text); without them hashed n-grams stand in"), Key(IsPath = true)]
    public string? Vectors { get; init; }

    [Option("length of the vectors of hashed n-grams", Min = 16, Max = 65_536)]
    public int TextDimension { get; init; } = 512;

    [Option("share of the conversation's own words beside the items mentioned in it (alpha), where texts are hashed", Min = 0, Max = 1)]
    [Search(Low = 0, High = 1)]
    public double Intention { get; init; } = 0.5;
}
