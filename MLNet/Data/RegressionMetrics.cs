namespace Microsoft.ML.Data;

/// <summary>How far scores are from labels.</summary>
public sealed class RegressionMetrics
{
    // The row's loss is its squared error, so the mean loss is the mean squared error.
    internal RegressionMetrics(double absoluteError, double squaredError, double labelVariance)
    {
        (MeanAbsoluteError, MeanSquaredError, LossFunction) = (absoluteError, squaredError, squaredError);
        RSquared = 1 - squaredError / labelVariance;
    }

    /// <summary>Mean of |label - score|.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>Mean of (label - score)^2.</summary>
    public double MeanSquaredError { get; }

    /// <summary>The square root of <see cref="MeanSquaredError"/>.</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>Mean of the loss, which is the squared error.</summary>
    public double LossFunction { get; }

    /// <summary>The share of the labels' variance that the scores explain.</summary>
    public double RSquared { get; }
}
