using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class TileTests
{
    [Theory]
    [InlineData(16, 0, nameof(TileSum.Add))]
    [InlineData(16, 1, nameof(TileSum.Subtract))]
    [InlineData(32, 7, nameof(TileSum.Add))]
    [InlineData(48, 13, nameof(TileSum.Subtract))]
    [InlineData(80, 64, nameof(TileSum.Add))]
    [InlineData(32, 0, nameof(TileSum.Set))]
    [InlineData(16, 9, nameof(TileSum.Set))]
    [InlineData(80, 64, nameof(TileSum.Set))]
    public unsafe void Every_width_gives_the_bits_of_the_scalar_twin(int columns, int depth, string name)
    {
        TileSum into = Enum.Parse<TileSum>(name);
        var random = new Random(columns + depth);
        const int apart = 8;
        float[] a = Some.Floats(random, (depth + 1) * apart), b = Some.Floats(random, (depth + 1) * columns), c = Some.Floats(random, 8 * columns);
        float[] twin = [.. c], before = [.. c];
        fixed (float* pa = a, pb = b, pc = c, pt = twin)
        {
            Tile.Update(pa, 1, apart, pb, columns, pc, columns, columns, depth, into);
            Tile.UpdateScalar(pa, 1, apart, pb, columns, pt, columns, columns, depth, into);
        }

        Some.SameBits(twin, c);
        for (int r = 0; r < 8; r++)
        {
            for (int j = 0; j < columns; j++)
            {
                double sum = 0;
                for (int k = 0; k < depth; k++)
                    sum += (double)a[r + k * apart] * b[k * columns + j];
                float old = into == TileSum.Set ? 0 : before[r * columns + j];
                Assert.Equal(old + (into == TileSum.Subtract ? -sum : sum), c[r * columns + j], 1e-5 * (1 + depth));
            }
        }
    }
}
