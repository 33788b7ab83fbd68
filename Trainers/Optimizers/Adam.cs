using Trainers.Kernels;

namespace Trainers.Optimizers;

/// <summary>Adam: Kingma, Ba: Adam: A method for stochastic optimization, ICLR 2015 (arXiv 1412.6980), algorithm 1.</summary>
/// <param name="LearningRate">alpha</param>
/// <param name="Beta2">decay of the mean of squared gradients</param>
internal readonly record struct Adam(double LearningRate, double Beta2)
{
    private const double Beta1 = 0.9, Epsilon = 1e-8;

    /// <param name="t">the step's number, from 1</param>
    public AdamStep Step(long t)
    {
        double correction = Math.Sqrt(1 - Math.Pow(Beta2, t));
        return new AdamStep(Beta1, Beta2, LearningRate * correction / (1 - Math.Pow(Beta1, t)), Epsilon * correction);
    }
}
