using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>e^x in float, to 2 units in the last place, with the same bits at every vector width and in the scalar twin.</summary>
/// <remarks>x = n ln 2 + r with |r| at most ln 2 / 2; Taylor's series of degree 7 for e^r; n is added to the exponent. Below -86 it is zero, above 88 it is e^88.</remarks>
internal static class Exponential
{
    private const float Least = -86, Most = 88;

    // Adding it rounds to a whole number, which is then in the lowest bits.
    private const float Rounder = 12_582_912;

    private const float Log2E = 1.44269504f, Ln2High = 0.693359375f, Ln2Low = -2.12194440e-4f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x)
    {
        Vector512<float> bounded = Vector512.Min(Vector512.Max(x, Vector512.Create(Least)), Vector512.Create(Most));
        Vector512<float> rounded = Vector512.FusedMultiplyAdd(bounded, Vector512.Create(Log2E), Vector512.Create(Rounder));
        Vector512<float> n = rounded - Vector512.Create(Rounder);
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), bounded);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        Vector512<float> sum = Vector512.FusedMultiplyAdd(r, Vector512.Create(1f / 5040), Vector512.Create(1f / 720));
        sum = Vector512.FusedMultiplyAdd(r, sum, Vector512.Create(1f / 120));
        sum = Vector512.FusedMultiplyAdd(r, sum, Vector512.Create(1f / 24));
        sum = Vector512.FusedMultiplyAdd(r, sum, Vector512.Create(1f / 6));
        sum = Vector512.FusedMultiplyAdd(r, sum, Vector512.Create(0.5f));
        sum = Vector512.FusedMultiplyAdd(r, sum, Vector512.Create(1f));
        sum = Vector512.FusedMultiplyAdd(r, sum, Vector512.Create(1f));
        Vector512<float> scaled = (sum.AsInt32() + Vector512.ShiftLeft(rounded.AsInt32(), 23)).AsSingle();
        return Vector512.AndNot(scaled, Vector512.LessThan(x, Vector512.Create(Least)));
    }

    public static float Scalar(float x)
    {
        float bounded = MathF.Min(MathF.Max(x, Least), Most);
        float rounded = MathF.FusedMultiplyAdd(bounded, Log2E, Rounder);
        float n = rounded - Rounder;
        float r = MathF.FusedMultiplyAdd(n, -Ln2High, bounded);
        r = MathF.FusedMultiplyAdd(n, -Ln2Low, r);
        float sum = MathF.FusedMultiplyAdd(r, 1f / 5040, 1f / 720);
        sum = MathF.FusedMultiplyAdd(r, sum, 1f / 120);
        sum = MathF.FusedMultiplyAdd(r, sum, 1f / 24);
        sum = MathF.FusedMultiplyAdd(r, sum, 1f / 6);
        sum = MathF.FusedMultiplyAdd(r, sum, 0.5f);
        sum = MathF.FusedMultiplyAdd(r, sum, 1f);
        sum = MathF.FusedMultiplyAdd(r, sum, 1f);
        float scaled = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(sum) + (BitConverter.SingleToInt32Bits(rounded) << 23));
        return x < Least ? 0 : scaled;
    }
}
