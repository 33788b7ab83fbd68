namespace Trainers.Kernels;

/// <summary>What is paired with what in one block of skip-grams.</summary>
/// <remarks>Rows of outputs: 0 .. M - 1 the negatives, which all inputs share; then the contexts; then zeros.</remarks>
/// <param name="Inputs">n</param>
/// <param name="Contexts">c</param>
/// <param name="Offset">input r stands at context r + Offset</param>
/// <param name="Width">input r is paired with the contexts at most so far away, its own place excluded; c or more: with all</param>
/// <param name="Negatives">M, a multiple of 16</param>
/// <param name="NegativesPerPair">K: each of the M weighs K p / M, p being the input's number of pairs, so that M draws stand for K a pair</param>
internal readonly record struct SkipGramShape(int Inputs, int Contexts, int Offset, int Width, int Negatives, float NegativesPerPair)
{
    /// <summary>Rows that the kernel reads and writes of the inputs.</summary>
    public int InputRows => Padding.Stride(Inputs);

    /// <summary>Rows that the kernel may read and write of the outputs.</summary>
    public int OutputRows => Negatives + Padding.Stride(Contexts) + Padding.Lanes;

    /// <summary>The contexts of an input: First .. End - 1 without its own place.</summary>
    public (int First, int End) PairsOf(int input)
    {
        int own = input + Offset;
        return (Math.Max(0, own - Width), (int)Math.Min(Contexts, (long)own + Width + 1));
    }
}
