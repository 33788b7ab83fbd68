using Trainers.Sampling;

namespace Workbench.Search.Samplers;

/// <summary>
/// A Sobol sequence in base 2, scrambled: each aligned block of 2^m points has, in every dimension, exactly one in each of 2^m equal intervals.
/// </summary>
/// <remarks>
/// Direction numbers: S. Joe and F. Y. Kuo, Constructing Sobol sequences with better two-dimensional projections, SIAM J. Sci. Comput. 30 (2008),
/// their file new-joe-kuo-6, dimensions 2 to 32. Scrambling: nested uniform, by bits (A. B. Owen, Randomly permuted (t,m,s)-nets and
/// (t,s)-sequences, 1995): a bit is flipped by a hash of the seed, the dimension and the bits before it.
/// </remarks>
public sealed class SobolSequence
{
    public const int MostDimensions = 32;

    private const int Bits = 32;

    // Per dimension from the second: coefficients a of the primitive polynomial, whose degree is the number of m that follow.
    private static readonly int[][] JoeKuo =
    [
        [0, 1], [1, 1, 3], [1, 1, 3, 1], [2, 1, 1, 1], [1, 1, 1, 3, 3], [4, 1, 3, 5, 13], [2, 1, 1, 5, 5, 17], [4, 1, 1, 5, 5, 5],
        [7, 1, 1, 7, 11, 19], [11, 1, 1, 5, 1, 1], [13, 1, 1, 1, 3, 11], [14, 1, 3, 5, 5, 31], [1, 1, 3, 3, 9, 7, 49], [13, 1, 1, 1, 15, 21, 21],
        [16, 1, 3, 1, 13, 27, 49], [19, 1, 1, 1, 15, 7, 5], [22, 1, 3, 1, 15, 13, 25], [25, 1, 1, 5, 5, 19, 61], [1, 1, 3, 7, 11, 23, 15, 103],
        [4, 1, 3, 7, 13, 13, 15, 69], [7, 1, 1, 3, 13, 7, 35, 63], [8, 1, 3, 5, 9, 1, 25, 53], [14, 1, 3, 1, 13, 9, 35, 107],
        [19, 1, 3, 1, 5, 27, 61, 31], [21, 1, 1, 5, 11, 19, 41, 61], [28, 1, 3, 5, 3, 3, 13, 69], [31, 1, 1, 7, 13, 1, 19, 1],
        [32, 1, 3, 7, 5, 13, 19, 59], [37, 1, 1, 3, 9, 25, 29, 41], [41, 1, 3, 5, 13, 23, 1, 55], [42, 1, 3, 7, 3, 13, 59, 17],
    ];

    private readonly uint[][] _directions; // D x 32
    private readonly ulong _seed;

    /// <param name="dimensions">D, at most <see cref="MostDimensions"/></param>
    /// <param name="seed">of the scrambling</param>
    public SobolSequence(int dimensions, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MostDimensions);
        _directions = [.. Enumerable.Range(0, dimensions).Select(Directions)];
        _seed = seed;
    }

    /// <summary>A coordinate of a point, in (0, 1).</summary>
    /// <param name="index">0-based, of the point</param>
    /// <param name="dimension">0-based</param>
    public double At(uint index, int dimension) => (Scrambled(Plain(index, dimension), dimension) + 0.5) / (1L << Bits);

    internal uint Plain(uint index, int dimension)
    {
        uint value = 0;
        for (int bit = 0; index != 0; bit++, index >>= 1)
            value ^= (index & 1) != 0 ? _directions[dimension][bit] : 0;
        return value;
    }

    private uint Scrambled(uint value, int dimension)
    {
        ulong tree = SplitMix64.Mix(_seed + 0x9E3779B97F4A7C15 * (ulong)(dimension + 1));
        uint flips = 0;
        for (int bit = Bits - 1; bit >= 0; bit--)
        {
            // The bits above this one, with a 1 in front that tells how many they are.
            ulong prefix = (1UL << (Bits - 1 - bit)) | ((ulong)value >> (bit + 1));
            flips |= (uint)(SplitMix64.Mix(tree ^ SplitMix64.Mix(prefix)) >> 63) << bit;
        }

        return value ^ flips;
    }

    /// <summary>v_k = m_k 2^(32-k), with m_k = 2 a_1 m_(k-1) ^ 2^2 a_2 m_(k-2) ^ ... ^ 2^s m_(k-s) ^ m_(k-s).</summary>
    private static uint[] Directions(int dimension)
    {
        var directions = new uint[Bits];
        if (dimension == 0)
        {
            for (int k = 0; k < Bits; k++)
                directions[k] = 1u << (Bits - 1 - k);
            return directions;
        }

        int[] row = JoeKuo[dimension - 1];
        int degree = row.Length - 1;
        for (int k = 0; k < Bits; k++)
        {
            if (k < degree)
            {
                directions[k] = (uint)row[k + 1] << (Bits - 1 - k);
                continue;
            }

            directions[k] = directions[k - degree] ^ (directions[k - degree] >> degree);
            for (int j = 1; j < degree; j++)
                directions[k] ^= ((row[0] >> (degree - 1 - j)) & 1) != 0 ? directions[k - j] : 0;
        }

        return directions;
    }
}
