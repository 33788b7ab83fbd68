using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Evaluation.Ranking.Kernels;

/// <summary>Which of 32 scores a threshold lets through, as bits.</summary>
public static class Threshold
{
    /// <summary>So many scores at a time.</summary>
    public const int Block = 4 * Width;

    private const int Width = 8;

    private const uint All = 0xFF;

    /// <param name="scores">32</param>
    /// <param name="threshold">what they are compared with</param>
    /// <param name="orEqual">whether a score that equals it passes</param>
    /// <returns>bit i: scores[i] is greater, or equal and that is enough, or not a number</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Passing(ReadOnlySpan<float> scores, float threshold, bool orEqual)
    {
        Vector256<float> least = Vector256.Create(threshold);
        Vector256<float> out0 = IsOut(scores, least, orEqual), out1 = IsOut(scores[Width..], least, orEqual);
        Vector256<float> out2 = IsOut(scores[(2 * Width)..], least, orEqual), out3 = IsOut(scores[(3 * Width)..], least, orEqual);
        if ((out0 & out1 & out2 & out3).ExtractMostSignificantBits() == All)
            return 0;
        return ~(out0.ExtractMostSignificantBits() | (out1.ExtractMostSignificantBits() << Width)
            | (out2.ExtractMostSignificantBits() << (2 * Width)) | (out3.ExtractMostSignificantBits() << (3 * Width)));
    }

    /// <inheritdoc cref="Passing"/>
    public static uint PassingScalar(ReadOnlySpan<float> scores, float threshold, bool orEqual)
    {
        uint passing = 0;
        for (int i = 0; i < Block; i++)
            passing |= (orEqual ? scores[i] < threshold : scores[i] <= threshold) ? 0 : 1u << i;
        return passing;
    }

    // What is not a number fails both comparisons.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> IsOut(ReadOnlySpan<float> scores, Vector256<float> least, bool orEqual) =>
        orEqual ? Vector256.LessThan(Vector256.Create(scores), least) : Vector256.LessThanOrEqual(Vector256.Create(scores), least);
}
