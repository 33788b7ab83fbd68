using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>
/// What losses do to a panel of scores, P positions x 32 candidates, while it is in the nearest cache. Sums and maxima of a position stay apart
/// in 16 lanes until all its panels are done: candidate c belongs to lane c mod 16.
/// </summary>
/// <remarks>Legend: P positions; the first v columns of a panel are candidates, the others padding, whose scores count as minus infinity.</remarks>
internal static class CandidatePanel
{
    public const int Columns = 32;

    /// <summary>lanes = max(lanes, panel), and the padding becomes minus infinity.</summary>
    /// <param name="panel">P x 32</param>
    /// <param name="valid">v</param>
    /// <param name="lanes">P x 16</param>
    public static unsafe void Max<T>(Span<T> panel, int valid, Span<T> lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = Check(panel.Length, lanes.Length);
        if (valid < Columns)
        {
            for (int row = 0; row < rows; row++)
                panel.Slice(row * Columns + valid, Columns - valid).Fill(T.NegativeInfinity);
        }

        if (typeof(T) != typeof(float))
        {
            for (int i = 0; i < panel.Length; i++)
                lanes[i / Columns * Padding.Lanes + i % Padding.Lanes] = T.Max(lanes[i / Columns * Padding.Lanes + i % Padding.Lanes], panel[i]);
            return;
        }

        fixed (T* tp = panel, tl = lanes)
        {
            float* p = (float*)tp, l = (float*)tl;
            for (int row = 0; row < rows; row++, p += Columns, l += Padding.Lanes)
                Vector512.Max(Vector512.Load(l), Vector512.Max(Vector512.Load(p), Vector512.Load(p + Padding.Lanes))).Store(l);
        }
    }

    /// <summary>A candidate's scores become minus infinity.</summary>
    /// <param name="panel">P x 32</param>
    /// <param name="column">whose</param>
    public static void Exclude<T>(Span<T> panel, int column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = column; i < panel.Length; i += Columns)
            panel[i] = T.NegativeInfinity;
    }

    /// <summary>panel = exp(panel - greatest of the row), lanes += panel.</summary>
    /// <param name="panel">P x 32</param>
    /// <param name="greatest">P</param>
    /// <param name="lanes">P x 16</param>
    public static unsafe void Exp<T>(Span<T> panel, ReadOnlySpan<T> greatest, Span<T> lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = Check(panel.Length, lanes.Length);
        if (typeof(T) != typeof(float))
        {
            for (int i = 0; i < panel.Length; i++)
            {
                panel[i] = T.Exp(panel[i] - greatest[i / Columns]);
                lanes[i / Columns * Padding.Lanes + i % Padding.Lanes] += panel[i];
            }

            return;
        }

        fixed (T* tp = panel, tg = greatest, tl = lanes)
        {
            float* p = (float*)tp, l = (float*)tl;
            for (int row = 0; row < rows; row++, p += Columns, l += Padding.Lanes)
            {
                Vector512<float> most = Vector512.Create(((float*)tg)[row]);
                Vector512<float> low = Exponential.Of(Vector512.Load(p) - most), high = Exponential.Of(Vector512.Load(p + Padding.Lanes) - most);
                low.Store(p);
                high.Store(p + Padding.Lanes);
                (Vector512.Load(l) + (low + high)).Store(l);
            }
        }
    }

    /// <summary>panel = sigmoid(panel), lanes += log(1 + exp(panel)); the padding becomes zero.</summary>
    /// <param name="panel">P x 32</param>
    /// <param name="valid">v</param>
    /// <param name="lanes">P x 16</param>
    public static unsafe void Sigmoid<T>(Span<T> panel, int valid, Span<T> lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = Check(panel.Length, lanes.Length);
        if (valid < Columns)
        {
            for (int row = 0; row < rows; row++)
                panel.Slice(row * Columns + valid, Columns - valid).Fill(T.NegativeInfinity);
        }

        if (typeof(T) != typeof(float))
        {
            for (int i = 0; i < panel.Length; i++)
            {
                T score = panel[i], small = T.Exp(-T.Abs(score));
                panel[i] = (score > T.Zero ? T.One : small) / (T.One + small);
                lanes[i / Columns * Padding.Lanes + i % Padding.Lanes] += T.Max(score, T.Zero) + T.LogP1(small);
            }

            return;
        }

        fixed (T* tp = panel, tl = lanes)
        {
            float* p = (float*)tp, l = (float*)tl;
            Vector512<float> one = Vector512.Create(1f), zero = Vector512<float>.Zero;
            for (int row = 0; row < rows; row++, p += Columns, l += Padding.Lanes)
            {
                Vector512<float> low = Vector512.Load(p), high = Vector512.Load(p + Padding.Lanes);
                Vector512<float> lowSmall = Exponential.Of(-Vector512.Abs(low)), highSmall = Exponential.Of(-Vector512.Abs(high));
                Vector512<float> lowSum = one + lowSmall, highSum = one + highSmall;
                (Vector512.ConditionalSelect(Vector512.GreaterThan(low, zero), one, lowSmall) / lowSum).Store(p);
                (Vector512.ConditionalSelect(Vector512.GreaterThan(high, zero), one, highSmall) / highSum).Store(p + Padding.Lanes);
                Vector512<float> softplus = Vector512.Max(low, zero) + Vector512.Max(high, zero) + Vector512.Log(lowSum * highSum);
                (Vector512.Load(l) + softplus).Store(l);
            }
        }
    }

    private static int Check(int panel, int lanes)
    {
        if (panel % Columns != 0 || lanes < panel / 2)
            throw new ArgumentException($"{panel} scores and {lanes} lanes do not fit each other.");
        return panel / Columns;
    }
}
