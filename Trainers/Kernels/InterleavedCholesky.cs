using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>Sixteen systems A w = b at once, A = UᵀU: each lane of a register belongs to a system of its own, so that no step waits for the root or the sum of one.</summary>
/// <remarks>
/// Legend: d dimension, S padded row, D d rounded up to a multiple of 4, P = D / 4 panels of four columns. Panel p holds the rows 0 to 4 p + 3 of its columns:
/// element (i, j) of system l is at 16 (8 p (p + 1) + 4 i + j mod 4) + l, p = j / 4; b and w are D x 16.
/// Each element is the chain of operations of <see cref="Cholesky"/>, which is the twin: every system has the bits that it would have alone.
/// </remarks>
public static unsafe class InterleavedCholesky
{
    /// <summary>So many systems.</summary>
    public const int Systems = 16;

    private const int Side = 4;

    // Floats from a row of a panel to the next.
    private const int Row = Side * Systems;

    /// <summary>D.</summary>
    public static int Rounded(int dimension) => (dimension + Side - 1) / Side * Side;

    /// <summary>Floats of all panels of all systems.</summary>
    public static int Length(int dimension) => (int)Panel(Rounded(dimension) / Side);

    /// <summary>All systems' factors, and the solutions.</summary>
    /// <param name="a">16 x S x S, each as for <see cref="Cholesky"/>, zeros beyond d; unchanged</param>
    /// <param name="b">16 x S; unchanged</param>
    /// <param name="dimension">d</param>
    /// <param name="stride">S, a multiple of 16</param>
    /// <param name="room">scratch of <see cref="Length"/> + 2 x 16 S</param>
    /// <param name="w">16 x S, the solutions, zeros beyond d</param>
    /// <param name="solved">16: which A are positive definite in float; the others' w is of no use</param>
    public static void Solve(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int dimension, int stride, Span<float> room, Span<float> w, Span<bool> solved)
    {
        int vectors = Systems * stride;
        if (stride % Padding.Lanes != 0 || dimension > stride || a.Length < (long)vectors * stride || b.Length < vectors || w.Length < vectors
            || room.Length < Length(dimension) + 2 * vectors || solved.Length < Systems)
            throw new ArgumentException($"{a.Length}, {b.Length} and {w.Length} values do not fit sixteen systems of dimension {dimension} with a stride of {stride}.");
        int panels = Rounded(dimension) / Side;
        fixed (float* pa = a, pb = b, pw = w, proom = room)
        {
            float* inverse = proom + Length(dimension), z = inverse + vectors;
            Interleave(pa, dimension, stride, proom);
            for (int first = 0; first < stride; first += Systems)
                SixteenWide.Transpose(pb + first, stride, z + first * Systems, Systems);
            if (Vector512.IsHardwareAccelerated)
                Solve<Simd512, Vector512<float>>(proom, panels, inverse, z);
            else if (Vector256.IsHardwareAccelerated)
                Solve<Simd256, Vector256<float>>(proom, panels, inverse, z);
            else
                Solve<Simd128, Vector128<float>>(proom, panels, inverse, z);
            new Span<float>(z + dimension * Systems, vectors - dimension * Systems).Clear();
            for (int first = 0; first < stride; first += Systems)
                SixteenWide.Transpose(z + first * Systems, Systems, pw + first, stride);
            solved[..Systems].Fill(true);
            for (int i = 0; i < dimension * Systems; i++)
                solved[i % Systems] &= inverse[i] > 0 && float.IsFinite(inverse[i]);
        }
    }

    private static nint Panel(int panel) => (nint)Systems * 8 * panel * (panel + 1);

    // Beyond d: the identity.
    private static void Interleave(float* a, int dimension, int stride, float* panels)
    {
        float* block = stackalloc float[Systems * Systems];
        for (int i = 0; i < dimension; i++)
        {
            for (int first = i / Systems * Systems; first < dimension; first += Systems)
            {
                SixteenWide.Transpose(a + (nint)i * stride + first, (nint)stride * stride, block, Systems);
                int last = Math.Min(first + Systems, Rounded(dimension));
                for (int column = Math.Max(first, i / Side * Side); column < last; column += Side)
                {
                    new ReadOnlySpan<float>(block + (column - first) * Systems, Row)
                        .CopyTo(new Span<float>(panels + Panel(column / Side) + i * Row, Row));
                }
            }
        }

        for (int i = dimension; i < Rounded(dimension); i++)
        {
            float* row = panels + Panel(i / Side) + i * Row;
            new Span<float>(row, Row).Clear();
            new Span<float>(row + i % Side * Systems, Systems).Fill(1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Solve<TSimd, T>(float* panels, int count, float* inverse, float* z)
        where TSimd : ISimd<T>
        where T : unmanaged
    {
        for (int lane = 0; lane < Systems; lane += TSimd.Width)
        {
            for (int p = 0; p < count; p++)
            {
                float* left = panels + Panel(p) + lane, rows = inverse + p * Row + lane;
                float* diagonal = SubtractAbove<TSimd, T>(left, left, p * Side);
                Pivot<TSimd, T>(diagonal, rows);
                Column<TSimd, T>(left, p * Side, rows, z + lane);
                for (int q = p + 1; q < count; q++)
                    Finish<TSimd, T>(diagonal, SubtractAbove<TSimd, T>(left, panels + Panel(q) + lane, p * Side), rows);
            }

            for (int k = count * Side - 1; k >= 0; k--)
                Back<TSimd, T>(panels + lane, count * Side, k, inverse + lane, z + lane);
        }
    }

    // What the rows above contribute, taken from four rows of a panel, 4 x 4; returns where these begin.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float* SubtractAbove<TSimd, T>(float* left, float* right, int above)
        where TSimd : ISimd<T>
        where T : unmanaged
    {
        float* tile = right + above * Row;
        (T s00, T s01, T s02, T s03) = Four<TSimd, T>(tile);
        (T s10, T s11, T s12, T s13) = Four<TSimd, T>(tile + Row);
        (T s20, T s21, T s22, T s23) = Four<TSimd, T>(tile + 2 * Row);
        (T s30, T s31, T s32, T s33) = Four<TSimd, T>(tile + 3 * Row);
        for (; right < tile; left += Row, right += Row)
        {
            (T b0, T b1, T b2, T b3) = Four<TSimd, T>(right);
            T value = TSimd.Negate(TSimd.Load(left));
            s00 = TSimd.MultiplyAdd(value, b0, s00);
            s01 = TSimd.MultiplyAdd(value, b1, s01);
            s02 = TSimd.MultiplyAdd(value, b2, s02);
            s03 = TSimd.MultiplyAdd(value, b3, s03);
            value = TSimd.Negate(TSimd.Load(left + Systems));
            s10 = TSimd.MultiplyAdd(value, b0, s10);
            s11 = TSimd.MultiplyAdd(value, b1, s11);
            s12 = TSimd.MultiplyAdd(value, b2, s12);
            s13 = TSimd.MultiplyAdd(value, b3, s13);
            value = TSimd.Negate(TSimd.Load(left + 2 * Systems));
            s20 = TSimd.MultiplyAdd(value, b0, s20);
            s21 = TSimd.MultiplyAdd(value, b1, s21);
            s22 = TSimd.MultiplyAdd(value, b2, s22);
            s23 = TSimd.MultiplyAdd(value, b3, s23);
            value = TSimd.Negate(TSimd.Load(left + 3 * Systems));
            s30 = TSimd.MultiplyAdd(value, b0, s30);
            s31 = TSimd.MultiplyAdd(value, b1, s31);
            s32 = TSimd.MultiplyAdd(value, b2, s32);
            s33 = TSimd.MultiplyAdd(value, b3, s33);
        }

        Put<TSimd, T>(tile, s00, s01, s02, s03);
        Put<TSimd, T>(tile + Row, s10, s11, s12, s13);
        Put<TSimd, T>(tile + 2 * Row, s20, s21, s22, s23);
        Put<TSimd, T>(tile + 3 * Row, s30, s31, s32, s33);
        return tile;
    }

    // Four rows of U at their diagonal: 4 x 4, of which what lies left of it is scratch.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pivot<TSimd, T>(float* tile, float* inverse)
        where TSimd : ISimd<T>
        where T : unmanaged
    {
        for (int row = 0; row < Side; row++)
        {
            float* own = tile + row * Row;
            T root = TSimd.SquareRoot(TSimd.Load(own + row * Systems)), reciprocal = TSimd.Reciprocal(root);
            TSimd.Store(root, own + row * Systems);
            TSimd.Store(reciprocal, inverse + row * Systems);
            for (int column = row + 1; column < Side; column++)
                TSimd.Store(TSimd.Multiply(reciprocal, TSimd.Load(own + column * Systems)), own + column * Systems);
            for (int below = row + 1; below < Side; below++)
            {
                T minus = TSimd.Negate(TSimd.Load(own + below * Systems));
                float* target = tile + below * Row;
                for (int column = below; column < Side; column++)
                    TSimd.Store(TSimd.MultiplyAdd(minus, TSimd.Load(own + column * Systems), TSimd.Load(target + column * Systems)), target + column * Systems);
            }
        }
    }

    // The same four rows of U in another panel, 4 x 4.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish<TSimd, T>(float* diagonal, float* tile, float* inverse)
        where TSimd : ISimd<T>
        where T : unmanaged
    {
        for (int row = 0; row < Side; row++)
        {
            (T s0, T s1, T s2, T s3) = Four<TSimd, T>(tile + row * Row);
            for (int above = 0; above < row; above++)
            {
                T minus = TSimd.Negate(TSimd.Load(diagonal + above * Row + row * Systems));
                (T u0, T u1, T u2, T u3) = Four<TSimd, T>(tile + above * Row);
                (s0, s1) = (TSimd.MultiplyAdd(minus, u0, s0), TSimd.MultiplyAdd(minus, u1, s1));
                (s2, s3) = (TSimd.MultiplyAdd(minus, u2, s2), TSimd.MultiplyAdd(minus, u3, s3));
            }

            T scale = TSimd.Load(inverse + row * Systems);
            Put<TSimd, T>(tile + row * Row, TSimd.Multiply(scale, s0), TSimd.Multiply(scale, s1), TSimd.Multiply(scale, s2), TSimd.Multiply(scale, s3));
        }
    }

    // Uᵀz = b, the four rows from row `above` on.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column<TSimd, T>(float* panel, int above, float* inverse, float* z)
        where TSimd : ISimd<T>
        where T : unmanaged
    {
        float* own = z + above * Systems;
        (T s0, T s1, T s2, T s3) = Four<TSimd, T>(own);
        for (int k = 0; k < above; k++)
        {
            T value = TSimd.Negate(TSimd.Load(z + k * Systems));
            (T u0, T u1, T u2, T u3) = Four<TSimd, T>(panel);
            s0 = TSimd.MultiplyAdd(value, u0, s0);
            s1 = TSimd.MultiplyAdd(value, u1, s1);
            s2 = TSimd.MultiplyAdd(value, u2, s2);
            s3 = TSimd.MultiplyAdd(value, u3, s3);
            panel += Row;
        }

        Put<TSimd, T>(own, s0, s1, s2, s3);
        for (int row = 0; row < Side; row++)
        {
            T solved = TSimd.Multiply(TSimd.Load(inverse + row * Systems), TSimd.Load(own + row * Systems)), minus = TSimd.Negate(solved);
            TSimd.Store(solved, own + row * Systems);
            for (int below = row + 1; below < Side; below++)
                TSimd.Store(TSimd.MultiplyAdd(minus, TSimd.Load(panel + row * Row + below * Systems), TSimd.Load(own + below * Systems)), own + below * Systems);
        }
    }

    // U w = z for row k, when all below it are done; w takes z's place. The sum over columns is Dot's: sixteen sums, by column mod 16, and then theirs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Back<TSimd, T>(float* panels, int size, int k, float* inverse, float* z)
        where TSimd : ISimd<T>
        where T : unmanaged
    {
        float* sums = stackalloc float[Padding.Lanes * Systems];
        for (int lane = 0; lane < Padding.Lanes; lane++)
        {
            T sum = TSimd.Broadcast(0);
            int first = k / Padding.Lanes * Padding.Lanes + lane;
            for (int column = first > k ? first : first + Padding.Lanes; column < size; column += Padding.Lanes)
            {
                float* u = panels + Panel(column / Side) + (k * Side + column % Side) * Systems;
                sum = TSimd.MultiplyAdd(TSimd.Load(u), TSimd.Load(z + column * Systems), sum);
            }

            TSimd.Store(sum, sums + lane * Systems);
        }

        for (int half = Padding.Lanes / 2; half > 0; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
                TSimd.Store(TSimd.Add(TSimd.Load(sums + lane * Systems), TSimd.Load(sums + (lane + half) * Systems)), sums + lane * Systems);
        }

        T rest = TSimd.Add(TSimd.Load(z + k * Systems), TSimd.Negate(TSimd.Load(sums)));
        TSimd.Store(TSimd.Multiply(rest, TSimd.Load(inverse + k * Systems)), z + k * Systems);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T First, T Second, T Third, T Fourth) Four<TSimd, T>(float* source)
        where TSimd : ISimd<T>
        where T : unmanaged =>
        (TSimd.Load(source), TSimd.Load(source + Systems), TSimd.Load(source + 2 * Systems), TSimd.Load(source + 3 * Systems));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TSimd, T>(float* target, T first, T second, T third, T fourth)
        where TSimd : ISimd<T>
        where T : unmanaged
    {
        TSimd.Store(first, target);
        TSimd.Store(second, target + Systems);
        TSimd.Store(third, target + 2 * Systems);
        TSimd.Store(fourth, target + 3 * Systems);
    }
}
