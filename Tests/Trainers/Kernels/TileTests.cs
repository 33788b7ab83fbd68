using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class TileTests
{
    [Theory]
    [InlineData(16, 0, false)]
    [InlineData(16, 1, true)]
    [InlineData(32, 7, false)]
    [InlineData(48, 13, true)]
    [InlineData(80, 64, false)]
    public unsafe void Every_width_gives_the_bits_of_the_scalar_twin(int columns, int depth, bool subtract)
    {
        var random = new Random(columns + depth);
        const int apart = 8;
        float[] a = Some.Floats(random, (depth + 1) * apart), b = Some.Floats(random, (depth + 1) * columns), c = Some.Floats(random, 8 * columns);
        float[] twin = [.. c], before = [.. c];
        fixed (float* pa = a, pb = b, pc = c, pt = twin)
        {
            Tile.Update(pa, 1, apart, pb, columns, pc, columns, columns, depth, subtract);
            Tile.UpdateScalar(pa, 1, apart, pb, columns, pt, columns, columns, depth, subtract);
        }

        Some.SameBits(twin, c);
        for (int r = 0; r < 8; r++)
        {
            for (int j = 0; j < columns; j++)
            {
                double sum = 0;
                for (int k = 0; k < depth; k++)
                    sum += (double)a[r + k * apart] * b[k * columns + j];
                Assert.Equal(before[r * columns + j] + (subtract ? -sum : sum), c[r * columns + j], 1e-5 * (1 + depth));
            }
        }
    }
}
