using System.Numerics;
using Trainers.Kernels;

namespace Trainers.Layers;

/// <summary>What attention keeps for the way back, and its scratch. Legend: N most rows, L most rows of a sequence, A heads x padded head.</summary>
internal sealed class AttentionState<T>(int rows, int longest, int heads, int headStride)
    where T : unmanaged
{
    public AlignedBuffer<T> Queries { get; } = new((long)rows * heads * headStride);

    public AlignedBuffer<T> Keys { get; } = new((long)rows * heads * headStride);

    public AlignedBuffer<T> Values { get; } = new((long)rows * heads * headStride);

    public AlignedBuffer<T> Output { get; } = new((long)rows * heads * headStride);

    /// <summary>Probabilities of every sequence and head: n x padded n each.</summary>
    public AlignedBuffer<T> Probabilities { get; } = new((long)rows * Padding.Stride(longest) * heads);

    /// <summary>The same after dropout, of the sequence and head at work.</summary>
    public AlignedBuffer<T> Dropped { get; } = new((long)longest * Padding.Stride(longest));

    public AlignedBuffer<T> Slopes { get; } = new((long)longest * Padding.Stride(longest));

    /// <summary>Keys or values, transposed.</summary>
    public AlignedBuffer<T> Transposed { get; } = new((long)headStride * Padding.Stride(longest));
}

/// <summary>
/// O = dropout(softmax(Q Kᵀ / sqrt(d / H), each row up to itself)) V, for every sequence and head: Kang and McAuley, equations 2 and 3; Vaswani et al. 2017.
/// </summary>
/// <remarks>
/// Legend: n a sequence's rows, a multiple of 8; w = n padded; A = H x padded d / H. Eight rows at a time, and of each only the columns that causality leaves:
/// half of the square is never computed, nor set.
/// </remarks>
internal sealed class CausalAttention<T>(int heads, int headDimension, int place)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Stripe = Tile.Rows;

    private readonly int _headStride = Padding.Stride(headDimension);
    private readonly T _scale = T.One / T.Sqrt(T.CreateChecked(headDimension));

    /// <summary>From queries, keys and values to the output, all in the state.</summary>
    public void Forward(SequencePack pack, double dropout, AttentionState<T> state)
    {
        int start = 0;
        foreach (PackedSequence sequence in pack.Sequences)
        {
            for (int head = 0; head < heads; head++)
            {
                int square = sequence.Rows * Padding.Stride(sequence.Rows);
                Forward(sequence, head, dropout, state, state.Probabilities.Span.Slice(start, square));
                start += square;
            }
        }
    }

    /// <param name="pack">as on the way forth</param>
    /// <param name="dropout">its rate</param>
    /// <param name="state">as the way forth left it</param>
    /// <param name="dOutput">N x A</param>
    /// <param name="dQueries">N x A, added to</param>
    /// <param name="dKeys">N x A, added to</param>
    /// <param name="dValues">N x A, added to</param>
    public void Backward(SequencePack pack, double dropout, AttentionState<T> state, ReadOnlySpan<T> dOutput, Span<T> dQueries, Span<T> dKeys, Span<T> dValues)
    {
        int start = 0;
        foreach (PackedSequence sequence in pack.Sequences)
        {
            for (int head = 0; head < heads; head++)
            {
                int square = sequence.Rows * Padding.Stride(sequence.Rows);
                int first = First(sequence, head);
                Backward(sequence, head, dropout, state, state.Probabilities.Span.Slice(start, square), dOutput[first..], dQueries[first..], dKeys[first..], dValues[first..]);
                start += square;
            }
        }
    }

    private void Forward(PackedSequence sequence, int head, double dropout, AttentionState<T> state, Span<T> probabilities)
    {
        (int n, int width, int a) = (sequence.Rows, Padding.Stride(sequence.Rows), heads * _headStride);
        int first = First(sequence, head);
        Span<T> transposed = state.Transposed.Span[..(_headStride * width)];
        transposed.Clear();
        Gemm.Transpose(state.Keys.Span[first..], a, transposed, width, n, _headStride);
        ReadOnlySpan<T> queries = state.Queries.Span[first..];
        for (int row = 0; row < n; row += Stripe)
        {
            int columns = Padding.Stride(row + Stripe);
            Gemm.Set(queries[(row * a)..], a, 1, transposed, width, probabilities[(row * width)..], width, Stripe, columns, _headStride);
            for (int i = row; i < row + Stripe; i++)
                CausalSoftmax.Forward(probabilities.Slice(i * width, columns), i + 1, _scale);
        }

        ReadOnlySpan<T> dropped = Drop(sequence, head, dropout, state, probabilities);
        for (int row = 0; row < n; row += Stripe)
            Gemm.Set(dropped[(row * width)..], width, 1, state.Values.Span[first..], a, state.Output.Span[(first + row * a)..], a, Stripe, _headStride, row + Stripe);
    }

    private void Backward(
        PackedSequence sequence, int head, double dropout, AttentionState<T> state, ReadOnlySpan<T> probabilities,
        ReadOnlySpan<T> dOutput, Span<T> dQueries, Span<T> dKeys, Span<T> dValues)
    {
        (int n, int width, int a) = (sequence.Rows, Padding.Stride(sequence.Rows), heads * _headStride);
        int first = First(sequence, head);
        Span<T> transposed = state.Transposed.Span[..(_headStride * width)], slopes = state.Slopes.Span[..(n * width)];
        transposed.Clear();
        Gemm.Transpose(state.Values.Span[first..], a, transposed, width, n, _headStride);
        for (int row = 0; row < n; row += Stripe)
            Gemm.Set(dOutput[(row * a)..], a, 1, transposed, width, slopes[(row * width)..], width, Stripe, Padding.Stride(row + Stripe), _headStride);
        ReadOnlySpan<T> dropped = Drop(sequence, head, dropout, state, probabilities);
        DropStripes(sequence, head, dropout, slopes);
        ReadOnlySpan<T> keys = state.Keys.Span[first..], queries = state.Queries.Span[first..];
        for (int row = 0; row < n; row += Stripe)
        {
            int columns = Padding.Stride(row + Stripe);
            for (int i = row; i < row + Stripe; i++)
                CausalSoftmax.Backward(probabilities.Slice(i * width, columns), slopes.Slice(i * width, columns), _scale);
            Gemm.Add(slopes[(row * width)..], width, 1, keys, a, dQueries[(row * a)..], a, Stripe, _headStride, row + Stripe);
        }

        for (int row = 0; row < n; row += Stripe)
        {
            int corner = row * width + row;
            Gemm.Add(slopes[corner..], 1, width, queries[(row * a)..], a, dKeys[(row * a)..], a, Stripe, _headStride, n - row);
            Gemm.Add(dropped[corner..], 1, width, dOutput[(row * a)..], a, dValues[(row * a)..], a, Stripe, _headStride, n - row);
        }
    }

    private ReadOnlySpan<T> Drop(PackedSequence sequence, int head, double dropout, AttentionState<T> state, ReadOnlySpan<T> probabilities)
    {
        if (dropout == 0)
            return probabilities;
        Span<T> dropped = state.Dropped.Span[..probabilities.Length];
        probabilities.CopyTo(dropped);
        DropStripes(sequence, head, dropout, dropped);
        return dropped;
    }

    // Only what causality leaves of each stripe; a stripe has a mask of its own.
    private void DropStripes(PackedSequence sequence, int head, double dropout, Span<T> square)
    {
        if (dropout == 0)
            return;
        int width = Padding.Stride(sequence.Rows);
        ulong key = sequence.KeyOf(place + head);
        for (int row = 0; row < sequence.Rows; row++)
            DropoutMask.Apply(square.Slice(row * width, Padding.Stride(row / Stripe * Stripe + Stripe)), Sampling.SplitMix64.Mix(key + (ulong)row), dropout);
    }

    private int First(PackedSequence sequence, int head) => (sequence.First * heads + head) * _headStride;
}
