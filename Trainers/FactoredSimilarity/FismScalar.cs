using System.Numerics;

namespace Trainers.FactoredSimilarity;

/// <summary>The scalar twin of <see cref="FismGradient"/>: the same formulas for one user, in loops that can be read, in any precision.</summary>
/// <remarks>Legend: I items, d dimension; P, Q and their gradients I x d (tied: the same array twice), biases and theirs I.</remarks>
/// <param name="Variant">the loss</param>
/// <param name="Alpha">of the norms</param>
/// <param name="Dimension">d</param>
internal sealed record FismScalar<T>(FismVariant Variant, T Alpha, int Dimension)
    where T : IBinaryFloatingPointIeee754<T>
{
    /// <param name="history">P</param>
    /// <param name="target">Q</param>
    /// <param name="biases">b</param>
    /// <param name="positives">n items of the user</param>
    /// <param name="negatives">m items</param>
    /// <param name="historyGradient">dL/dP is added</param>
    /// <param name="targetGradient">dL/dQ is added</param>
    /// <param name="biasGradient">dL/db is added</param>
    /// <returns>the loss</returns>
    public T Add(
        ReadOnlySpan<T> history, ReadOnlySpan<T> target, ReadOnlySpan<T> biases, ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives,
        Span<T> historyGradient, Span<T> targetGradient, Span<T> biasGradient)
    {
        int n = positives.Length, d = Dimension;
        (T norm, T otherNorm) = (Norm(n - 1), Norm(n));
        var sum = new T[d];
        foreach (int i in positives)
            Add(T.One, history.Slice(i * d, d), sum);

        T[] x = new T[n], z = new T[negatives.Length], dx = new T[n], dz = new T[negatives.Length];
        for (int k = 0; k < n; k++)
        {
            ReadOnlySpan<T> q = target.Slice(positives[k] * d, d);
            x[k] = biases[positives[k]] + norm * (Dot(sum, q) - Dot(history.Slice(positives[k] * d, d), q));
        }

        for (int k = 0; k < z.Length; k++)
            z[k] = biases[negatives[k]] + otherNorm * Dot(sum, target.Slice(negatives[k] * d, d));
        T loss = FismLoss.Of<T>(Variant, x, z, dx, dz);

        var pull = new T[d];
        for (int k = 0; k < n; k++)
        {
            int i = positives[k];
            biasGradient[i] += dx[k];
            Add(norm * dx[k], target.Slice(i * d, d), pull);
            Add(norm * dx[k], sum, targetGradient.Slice(i * d, d));
            Add(-norm * dx[k], history.Slice(i * d, d), targetGradient.Slice(i * d, d));
            Add(-norm * dx[k], target.Slice(i * d, d), historyGradient.Slice(i * d, d));
        }

        for (int k = 0; k < z.Length; k++)
        {
            int j = negatives[k];
            biasGradient[j] += dz[k];
            Add(otherNorm * dz[k], target.Slice(j * d, d), pull);
            Add(otherNorm * dz[k], sum, targetGradient.Slice(j * d, d));
        }

        foreach (int i in positives)
            Add(T.One, pull, historyGradient.Slice(i * d, d));
        return loss;
    }

    private T Norm(int n) => T.Pow(T.CreateChecked(Math.Max(1, n)), -Alpha);

    private static T Dot(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
    {
        T sum = T.Zero;
        for (int k = 0; k < x.Length; k++)
            sum += x[k] * y[k];
        return sum;
    }

    private static void Add(T factor, ReadOnlySpan<T> x, Span<T> y)
    {
        for (int k = 0; k < x.Length; k++)
            y[k] += factor * x[k];
    }
}
