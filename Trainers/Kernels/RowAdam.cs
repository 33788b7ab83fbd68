using System.Numerics;

namespace Trainers.Kernels;

/// <summary>
/// Adam with decoupled weight decay for one row of a table, of which only the rows that have a gradient are visited: each row counts its own steps.
/// The same bits at every register width, since nothing is fused or reduced.
/// </summary>
/// <remarks>
/// Kingma, Ba: Adam, ICLR 2015, in the form of section 2's end (the correction of both moments is in the step size); Loshchilov, Hutter: Decoupled Weight Decay Regularization, ICLR 2019.
///     m = b1 m + (1 - b1) g;   v = b2 v + (1 - b2) g^2;   w = w - rate decay w - step(t) m / (sqrt(v) + e)
/// </remarks>
/// <param name="rate">learning rate</param>
/// <param name="decay">weight decay (lambda)</param>
internal sealed class RowAdam(double rate, double decay)
{
    private const double Beta1 = 0.9, Beta2 = 0.999;

    private const float Epsilon = 1e-8f;

    /// <summary>Steps after which the correction is 1 in float.</summary>
    private const int CorrectedSteps = 1 << 15;

    private readonly float[] _steps =
        [.. Enumerable.Range(0, CorrectedSteps).Select(t => (float)(rate * Math.Sqrt(1 - Math.Pow(Beta2, t + 1)) / (1 - Math.Pow(Beta1, t + 1))))];

    private readonly float _keep = (float)(1 - rate * decay);

    /// <param name="step">0-based, of this row</param>
    /// <param name="gradient">S</param>
    /// <param name="mean">S, m</param>
    /// <param name="square">S, v</param>
    /// <param name="weights">S, w</param>
    public unsafe void Update(int step, ReadOnlySpan<float> gradient, Span<float> mean, Span<float> square, Span<float> weights)
    {
        int whole = Vector.IsHardwareAccelerated ? weights.Length / Vector<float>.Count * Vector<float>.Count : 0;
        if (Math.Min(gradient.Length, Math.Min(mean.Length, square.Length)) < weights.Length)
            throw new ArgumentException($"{gradient.Length}, {mean.Length} and {square.Length} values do not fit {weights.Length} weights.");
        float size = Size(step);
        fixed (float* pg = gradient, pm = mean, pv = square, pw = weights)
        {
            for (int i = 0; i < whole; i += Vector<float>.Count)
            {
                Vector<float> g = Vector.Load(pg + i);
                Vector<float> m = Vector.Load(pm + i) * (float)Beta1 + g * (float)(1 - Beta1);
                Vector<float> v = Vector.Load(pv + i) * (float)Beta2 + g * g * (float)(1 - Beta2);
                m.Store(pm + i);
                v.Store(pv + i);
                (Vector.Load(pw + i) * _keep - m * size / (Vector.SquareRoot(v) + new Vector<float>(Epsilon))).Store(pw + i);
            }
        }

        UpdateScalar(step, gradient[whole..], mean[whole..], square[whole..], weights[whole..]);
    }

    public void UpdateScalar(int step, ReadOnlySpan<float> gradient, Span<float> mean, Span<float> square, Span<float> weights)
    {
        for (int i = 0; i < weights.Length; i++)
            Update(step, gradient[i], ref mean[i], ref square[i], ref weights[i]);
    }

    public void Update(int step, float gradient, ref float mean, ref float square, ref float weight)
    {
        mean = mean * (float)Beta1 + gradient * (float)(1 - Beta1);
        square = square * (float)Beta2 + gradient * gradient * (float)(1 - Beta2);
        weight = weight * _keep - mean * Size(step) / (MathF.Sqrt(square) + Epsilon);
    }

    private float Size(int step) => _steps[Math.Min(step, CorrectedSteps - 1)];
}
