using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Trainers.Kernels;

/// <summary>16 x 16 floats transposed: what sixteen systems hold one after the other becomes, element by element, one register of a lane for each.</summary>
internal static unsafe class SixteenWide
{
    // source: 16 rows, sourceRow apart; target: 16 rows, targetRow apart; neither touches the other.
    public static void Transpose(float* source, nint sourceRow, float* target, nint targetRow)
    {
        if (Avx512F.IsSupported)
        {
            TransposeWide(source, sourceRow, target, targetRow);
            return;
        }

        for (int row = 0; row < 16; row += 4)
        {
            for (int column = 0; column < 16; column += 4)
                TransposeFour(source + row * sourceRow + column, sourceRow, target + column * targetRow + row, targetRow);
        }
    }

    public static void TransposeScalar(float* source, nint sourceRow, float* target, nint targetRow)
    {
        for (int row = 0; row < 16; row++)
        {
            for (int column = 0; column < 16; column++)
                target[column * targetRow + row] = source[row * sourceRow + column];
        }
    }

    private static void TransposeFour(float* source, nint sourceRow, float* target, nint targetRow)
    {
        if (Sse.IsSupported)
        {
            Vector128<float> a = Vector128.Load(source), b = Vector128.Load(source + sourceRow);
            Vector128<float> c = Vector128.Load(source + 2 * sourceRow), d = Vector128.Load(source + 3 * sourceRow);
            Vector128<float> abLow = Sse.UnpackLow(a, b), abHigh = Sse.UnpackHigh(a, b), cdLow = Sse.UnpackLow(c, d), cdHigh = Sse.UnpackHigh(c, d);
            Sse.MoveLowToHigh(abLow, cdLow).Store(target);
            Sse.MoveHighToLow(cdLow, abLow).Store(target + targetRow);
            Sse.MoveLowToHigh(abHigh, cdHigh).Store(target + 2 * targetRow);
            Sse.MoveHighToLow(cdHigh, abHigh).Store(target + 3 * targetRow);
            return;
        }

        for (int row = 0; row < 4; row++)
        {
            for (int column = 0; column < 4; column++)
                target[column * targetRow + row] = source[row * sourceRow + column];
        }
    }

    // Four rows at a time are transposed within each quarter of the registers; then the quarters change places.
    private static void TransposeWide(float* source, nint sourceRow, float* target, nint targetRow)
    {
        (Vector512<float> a0, Vector512<float> a1, Vector512<float> a2, Vector512<float> a3) = Quarters(source, sourceRow);
        (Vector512<float> b0, Vector512<float> b1, Vector512<float> b2, Vector512<float> b3) = Quarters(source + 4 * sourceRow, sourceRow);
        (Vector512<float> c0, Vector512<float> c1, Vector512<float> c2, Vector512<float> c3) = Quarters(source + 8 * sourceRow, sourceRow);
        (Vector512<float> d0, Vector512<float> d1, Vector512<float> d2, Vector512<float> d3) = Quarters(source + 12 * sourceRow, sourceRow);
        Gather(a0, b0, c0, d0, target, targetRow);
        Gather(a1, b1, c1, d1, target + targetRow, targetRow);
        Gather(a2, b2, c2, d2, target + 2 * targetRow, targetRow);
        Gather(a3, b3, c3, d3, target + 3 * targetRow, targetRow);
    }

    // Of four rows: register i holds in its quarter q the four rows' elements 4 q + i.
    private static (Vector512<float> First, Vector512<float> Second, Vector512<float> Third, Vector512<float> Fourth) Quarters(float* source, nint sourceRow)
    {
        Vector512<float> a = Vector512.Load(source), b = Vector512.Load(source + sourceRow);
        Vector512<float> c = Vector512.Load(source + 2 * sourceRow), d = Vector512.Load(source + 3 * sourceRow);
        Vector512<float> abLow = Avx512F.UnpackLow(a, b), abHigh = Avx512F.UnpackHigh(a, b), cdLow = Avx512F.UnpackLow(c, d), cdHigh = Avx512F.UnpackHigh(c, d);
        return (Avx512F.Shuffle(abLow, cdLow, 0x44), Avx512F.Shuffle(abLow, cdLow, 0xEE), Avx512F.Shuffle(abHigh, cdHigh, 0x44), Avx512F.Shuffle(abHigh, cdHigh, 0xEE));
    }

    // Of one i: the target's rows i, 4 + i, 8 + i and 12 + i.
    private static void Gather(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* target, nint targetRow)
    {
        Vector512<float> ab02 = Avx512F.Shuffle4x128(a, b, 0x88), ab13 = Avx512F.Shuffle4x128(a, b, 0xDD);
        Vector512<float> cd02 = Avx512F.Shuffle4x128(c, d, 0x88), cd13 = Avx512F.Shuffle4x128(c, d, 0xDD);
        Avx512F.Shuffle4x128(ab02, cd02, 0x88).Store(target);
        Avx512F.Shuffle4x128(ab13, cd13, 0x88).Store(target + 4 * targetRow);
        Avx512F.Shuffle4x128(ab02, cd02, 0xDD).Store(target + 8 * targetRow);
        Avx512F.Shuffle4x128(ab13, cd13, 0xDD).Store(target + 12 * targetRow);
    }
}
