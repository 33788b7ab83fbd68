using System.Runtime.InteropServices;
using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

/// <summary>Numbers for kernel tests.</summary>
internal static class Some
{
    public static float[] Floats(Random random, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (float)(2 * random.NextDouble() - 1);
        return values;
    }

    /// <summary>Rows x stride of which the first <paramref name="dimension"/> columns are not zero.</summary>
    public static float[] Padded(Random random, int rows, int dimension) => Padding.Pad(Floats(random, rows * dimension), rows, dimension);

    public static void SameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.Equal(MemoryMarshal.Cast<float, uint>(expected).ToArray(), MemoryMarshal.Cast<float, uint>(actual).ToArray());
}
