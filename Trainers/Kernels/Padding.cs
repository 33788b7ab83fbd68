namespace Trainers.Kernels;

/// <summary>
/// Matrices inside the kernels have rows of a multiple of 16 floats, zeros at the end of each: no kernel needs a remainder loop,
/// and 16 floats are one cache line, one 512-bit register, two of 256 bits, four of 128.
/// </summary>
public static class Padding
{
    public const int Lanes = 16;

    /// <summary>The length of a padded row of <paramref name="dimension"/> values.</summary>
    public static int Stride(int dimension) => (dimension + Lanes - 1) / Lanes * Lanes;

    /// <summary>Rows x dimension to rows x stride.</summary>
    public static float[] Pad(ReadOnlySpan<float> source, int rows, int dimension)
    {
        int stride = Stride(dimension);
        var target = new float[(long)rows * stride];
        for (int row = 0; row < rows; row++)
            source.Slice(row * dimension, dimension).CopyTo(target.AsSpan(row * stride));
        return target;
    }

    /// <summary>Rows x stride to rows x dimension.</summary>
    public static float[] Unpad(ReadOnlySpan<float> source, int rows, int dimension)
    {
        int stride = Stride(dimension);
        var target = new float[(long)rows * dimension];
        for (int row = 0; row < rows; row++)
            source.Slice(row * stride, dimension).CopyTo(target.AsSpan(row * dimension));
        return target;
    }
}
