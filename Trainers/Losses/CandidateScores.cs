using System.Numerics;
using System.Numerics.Tensors;
using Trainers.Kernels;

namespace Trainers.Losses;

/// <summary>What is done to the scores of the candidates.</summary>
internal enum CandidateFunction
{
    /// <summary>exp(s - greatest) and its sum</summary>
    Exponential,

    /// <summary>1 / (1 + exp(-s)) and the sum of log(1 + exp(s))</summary>
    Sigmoid,
}

/// <summary>
/// Scores of up to 64 positions for many candidates which they share, and the two products of the way back; panels of 32 candidates at a time,
/// so that no matrix of positions x candidates leaves the cache.
/// </summary>
/// <remarks>
/// Legend: P positions (at most 64, a multiple of 8), C candidates, S padded row, F the function's values, P x C.
/// Rows of the way back are scaled by a factor of the position only after the product, so F itself is written once.
/// </remarks>
internal sealed class CandidateScores<T>(int stride)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int MostPositions = 64;

    private const int Width = CandidatePanel.Columns;

    private readonly AlignedBuffer<T> _lanes = new(MostPositions * Padding.Lanes), _scaled = new((long)MostPositions * stride);
    private AlignedBuffer<T> _panels = new(0);

    /// <summary>64: the greatest score of each position, at least what it was before <see cref="Forward"/>; only for exponentials.</summary>
    public T[] Greatest { get; } = new T[MostPositions];

    /// <summary>64: what the function sums over a position's candidates.</summary>
    public T[] Sums { get; } = new T[MostPositions];

    /// <summary>Candidates as <see cref="Forward"/> wants them: panel by panel, S x 32 each.</summary>
    /// <param name="candidates">C x S, then zeros up to a multiple of 32 rows</param>
    /// <param name="count">C</param>
    /// <param name="stride">S</param>
    /// <param name="transposed">the same, transposed by panels</param>
    public static void Transpose(ReadOnlySpan<T> candidates, int count, int stride, Span<T> transposed)
    {
        for (int first = 0; first < count; first += Width)
            Gemm.Transpose(candidates.Slice(first * stride, Width * stride), stride, transposed.Slice(first * stride, Width * stride), Width, Width, stride);
    }

    /// <summary>F, its sums, and slopes = F candidates.</summary>
    /// <param name="outputs">P x S</param>
    /// <param name="positions">P</param>
    /// <param name="candidates">C x S</param>
    /// <param name="transposed">from <see cref="Transpose"/></param>
    /// <param name="count">C</param>
    /// <param name="function">F</param>
    /// <param name="excluded">candidates that score minus infinity, ascending; only for exponentials</param>
    /// <param name="slopes">P x S, overwritten</param>
    public void Forward(
        ReadOnlySpan<T> outputs, int positions, ReadOnlySpan<T> candidates, ReadOnlySpan<T> transposed, int count, CandidateFunction function, ReadOnlySpan<int> excluded, Span<T> slopes)
    {
        int panels = (count + Width - 1) / Width, size = positions * Width;
        if (_panels.Length < panels * size)
            _panels = new AlignedBuffer<T>((long)panels * MostPositions * Width);
        Span<T> lanes = _lanes.Span[..(positions * Padding.Lanes)];
        for (int row = 0; row < positions; row++)
            lanes.Slice(row * Padding.Lanes, Padding.Lanes).Fill(Greatest[row]);
        for (int panel = 0; panel < panels; panel++)
        {
            Span<T> scores = _panels.Span.Slice(panel * size, size);
            Gemm.Set(outputs, stride, 1, transposed.Slice(panel * Width * stride, Width * stride), Width, scores, Width, positions, Width, stride);
            for (; !excluded.IsEmpty && excluded[0] < (panel + 1) * Width; excluded = excluded[1..])
                CandidatePanel.Exclude(scores, excluded[0] % Width);
            if (function == CandidateFunction.Exponential)
                CandidatePanel.Max(scores, Math.Min(Width, count - panel * Width), lanes);
        }

        for (int row = 0; row < positions; row++)
            Greatest[row] = TensorPrimitives.Max<T>(lanes.Slice(row * Padding.Lanes, Padding.Lanes));
        lanes.Clear();
        slopes[..(positions * stride)].Clear();
        for (int panel = 0; panel < panels; panel++)
        {
            Span<T> scores = _panels.Span.Slice(panel * size, size);
            if (function == CandidateFunction.Exponential)
                CandidatePanel.Exp(scores, Greatest, lanes);
            else
                CandidatePanel.Sigmoid(scores, Math.Min(Width, count - panel * Width), lanes);
            Gemm.Add(scores, Width, 1, candidates.Slice(panel * Width * stride, Width * stride), stride, slopes, stride, positions, stride, Width);
        }

        for (int row = 0; row < positions; row++)
            Sums[row] = TensorPrimitives.Sum<T>(lanes.Slice(row * Padding.Lanes, Padding.Lanes));
    }

    /// <summary>slopes = factor slopes, gradients += Fᵀ (factor outputs).</summary>
    /// <param name="outputs">P x S, as on the way forth</param>
    /// <param name="positions">P</param>
    /// <param name="factors">P</param>
    /// <param name="count">C</param>
    /// <param name="slopes">P x S</param>
    /// <param name="gradients">C x S, up to a multiple of 32 rows</param>
    /// <param name="fresh">the gradients are set, whatever they were</param>
    public void Backward(ReadOnlySpan<T> outputs, int positions, ReadOnlySpan<T> factors, int count, Span<T> slopes, Span<T> gradients, bool fresh)
    {
        int panels = (count + Width - 1) / Width, size = positions * Width;
        for (int row = 0; row < positions; row++)
        {
            Span<T> slope = slopes.Slice(row * stride, stride);
            TensorPrimitives.Multiply(slope, factors[row], slope);
            TensorPrimitives.Multiply(outputs.Slice(row * stride, stride), factors[row], _scaled.Rows(row, 1, stride));
        }

        for (int panel = 0; panel < panels; panel++)
        {
            Span<T> gradient = gradients.Slice(panel * Width * stride, Width * stride);
            ReadOnlySpan<T> values = _panels.Span.Slice(panel * size, size);
            if (fresh)
                Gemm.Set(values, 1, Width, _scaled.Span, stride, gradient, stride, Width, stride, positions);
            else
                Gemm.Add(values, 1, Width, _scaled.Span, stride, gradient, stride, Width, stride, positions);
        }
    }
}
