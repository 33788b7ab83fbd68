using Trainers.Kernels;

namespace Trainers.SkipGram;

/// <summary>How a history of a given length is cut into blocks of inputs with their contexts.</summary>
/// <remarks>
/// With a window: pieces of 128 positions, each with the contexts that reach into its neighbours, so that no pair is lost.
/// Without: one group; or, where n (n - 1) exceeds the most pairs, ceil(n / s) groups of about s = 1 + pairs / n items, of which only those of one group are pairs.
/// </remarks>
internal readonly record struct SkipGramBlocks(int? Window, int MaxPairs, float NegativesPerPair)
{
    /// <summary>Negatives that a block's inputs share.</summary>
    public const int Negatives = 32;

    private const int Piece = 128;

    /// <summary>Most inputs of a block, decided by the whole history, before subsampling: so that what is left never needs more room.</summary>
    public int SizeOf(int length) =>
        Window is not null ? Math.Min(Piece, Math.Max(1, length))
        : (long)length * (length - 1) <= MaxPairs ? Math.Max(1, length)
        : Math.Max(2, 1 + MaxPairs / length);

    public static int CountOf(int length, int size) => (length + size - 1) / size;

    /// <summary>Where a block's inputs and its contexts are among the positions, and the pairs of them.</summary>
    public (Range Inputs, Range Contexts, SkipGramShape Shape) Cut(int length, int size, int block)
    {
        int count = CountOf(length, size);
        int first = (int)((long)length * block / count), end = (int)((long)length * (block + 1) / count);
        (int firstContext, int endContext) = Window is { } width ? (Math.Max(0, first - width), Math.Min(length, end + width)) : (first, end);
        int contexts = endContext - firstContext;
        return (first..end, firstContext..endContext, new SkipGramShape(end - first, contexts, first - firstContext, Window ?? contexts, Negatives, NegativesPerPair));
    }

    /// <summary>Entries that a history of at most this length writes at most.</summary>
    public long EntriesOf(int length)
    {
        if (length < 2)
            return 0;
        int size = SizeOf(length), contexts = Math.Min(length, size + 2 * Math.Min(length, Window ?? 0));
        return CountOf(length, size) * ((long)Padding.Stride(size) + Negatives + Padding.Stride(contexts) + Padding.Lanes);
    }
}
