using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Benchmarks.Kernels;

/// <summary>What the machine can do at most: what a loop reaches is told as a share of it.</summary>
internal static class MachinePeak
{
    private const int Seconds = 1;

    /// <summary>Of the widest registers that are used.</summary>
    internal static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Fused multiply-adds of registers, two operations each, by so many threads at once: floating-point operations a second.</summary>
    internal static double Flops(int threads) => OnAll(threads, () =>
    {
        const int Rounds = 100_000;
        return Vector512.IsHardwareAccelerated ? Rounds * 12.0 * 16 * 2 * Wide(Rounds) : Rounds * 10.0 * 8 * 2 * Narrow(Rounds);
    });

    /// <summary>Reads of an array that no cache holds, by so many threads at once: bytes a second.</summary>
    internal static double ReadBytes(int threads)
    {
        var arrays = new ThreadLocal<long[]>(() => Filled());
        return OnAll(threads, () =>
        {
            long[] array = arrays.Value!;
            var sum = Vector<long>.Zero;
            for (int i = 0; i <= array.Length - 4 * Vector<long>.Count; i += 4 * Vector<long>.Count)
            {
                sum += new Vector<long>(array, i) + new Vector<long>(array, i + Vector<long>.Count)
                    + new Vector<long>(array, i + 2 * Vector<long>.Count) + new Vector<long>(array, i + 3 * Vector<long>.Count);
            }

            return Vector.Sum(sum) == 0 ? 0 : sizeof(long) * (double)array.Length;
        });
    }

    private static long[] Filled()
    {
        var array = new long[32 << 20];
        Array.Fill(array, 1);
        return array;
    }

    private static double OnAll(int threads, Func<double> work)
    {
        double[] rates = new double[threads];
        Thread[] all = [.. Enumerable.Range(0, threads).Select(i => new Thread(() =>
        {
            work();
            var clock = Stopwatch.StartNew();
            double done = 0;
            while (clock.Elapsed.TotalSeconds < Seconds)
                done += work();
            rates[i] = done / clock.Elapsed.TotalSeconds;
        }))];
        foreach (Thread thread in all)
            thread.Start();
        foreach (Thread thread in all)
            thread.Join();
        return rates.Sum();
    }

    // 1, by a way that needs all of the registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Wide(int rounds)
    {
        Vector512<float> m = Vector512.Create(0.5f), a = m, b = m, c = m, d = m, e = m, f = m, g = m, h = m, i = m, j = m, k = m, l = m;
        for (int round = 0; round < rounds; round++)
        {
            (a, b, c) = (Vector512.FusedMultiplyAdd(a, m, m), Vector512.FusedMultiplyAdd(b, m, m), Vector512.FusedMultiplyAdd(c, m, m));
            (d, e, f) = (Vector512.FusedMultiplyAdd(d, m, m), Vector512.FusedMultiplyAdd(e, m, m), Vector512.FusedMultiplyAdd(f, m, m));
            (g, h, i) = (Vector512.FusedMultiplyAdd(g, m, m), Vector512.FusedMultiplyAdd(h, m, m), Vector512.FusedMultiplyAdd(i, m, m));
            (j, k, l) = (Vector512.FusedMultiplyAdd(j, m, m), Vector512.FusedMultiplyAdd(k, m, m), Vector512.FusedMultiplyAdd(l, m, m));
        }

        return Math.Sign(Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Narrow(int rounds)
    {
        Vector256<float> m = Vector256.Create(0.5f), a = m, b = m, c = m, d = m, e = m, f = m, g = m, h = m, i = m, j = m;
        for (int round = 0; round < rounds; round++)
        {
            (a, b, c) = (Vector256.FusedMultiplyAdd(a, m, m), Vector256.FusedMultiplyAdd(b, m, m), Vector256.FusedMultiplyAdd(c, m, m));
            (d, e, f) = (Vector256.FusedMultiplyAdd(d, m, m), Vector256.FusedMultiplyAdd(e, m, m), Vector256.FusedMultiplyAdd(f, m, m));
            (g, h, i, j) = (Vector256.FusedMultiplyAdd(g, m, m), Vector256.FusedMultiplyAdd(h, m, m), Vector256.FusedMultiplyAdd(i, m, m), Vector256.FusedMultiplyAdd(j, m, m));
        }

        return Math.Sign(Vector256.Sum(a + b + c + d + e + f + g + h + i + j));
    }
}
