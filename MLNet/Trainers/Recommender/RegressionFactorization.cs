namespace Microsoft.ML.Trainers.Recommender;

/// <summary>SquareLossRegression: factors by stochastic gradient descent, one step per element, in one random order.</summary>
/// <remarks>
/// Legend: M rows, N columns, K rank; p M x K, q N x K. Minimises over the E given elements
///     sum of (r - p_u . q_v)^2 + lambda (|p_u|^2 + |q_v|^2)
/// of values divided by their standard deviation, as LIBMF does. Step sizes fall per vector with the gradients that it has seen:
/// Chin, Zhuang, Juan, Lin: A Learning-rate Schedule for Stochastic Gradient Methods to Matrix Factorization, PAKDD 2015.
/// Deviation: a vector has one step size, where theirs has two. A row or column without an element is NaN, as theirs.
/// </remarks>
internal static class RegressionFactorization
{
    private const double LeastDeviation = 1e-4;

    /// <returns>M x K and N x K</returns>
    public static (float[] Left, float[] Right) Run(MatrixElements elements, MatrixFactorizationTrainer.Options options)
    {
        int rank = options.ApproximationRank;
        double mean = elements.Values.Average(value => (double)value);
        double deviation = Math.Max(LeastDeviation, Math.Sqrt(elements.Values.Average(value => (value - mean) * (value - mean))));
        float unit = (float)(1 / deviation), lambda = (float)(options.Lambda / deviation), rate = (float)options.LearningRate;
        float least = options.NonNegative ? 0 : float.NegativeInfinity;

        var random = new UniformNumbers();
        float[] left = Start(elements.RowCount, elements.Rows, rank, random), right = Start(elements.ColumnCount, elements.Columns, rank, random);
        float[] leftSquares = Ones(elements.RowCount), rightSquares = Ones(elements.ColumnCount);
        int[] order = random.Order(elements.Count);
        for (int iteration = 0; iteration < options.NumberOfIterations; iteration++)
        {
            foreach (int element in order)
            {
                int row = elements.Rows[element], column = elements.Columns[element];
                Span<float> p = left.AsSpan(row * rank, rank), q = right.AsSpan(column * rank, rank);
                float error = elements.Values[element] * unit;
                for (int k = 0; k < p.Length; k++)
                    error -= p[k] * q[k];

                float pRate = rate / MathF.Sqrt(leftSquares[row]), qRate = rate / MathF.Sqrt(rightSquares[column]);
                float pSquare = 0, qSquare = 0;
                for (int k = 0; k < p.Length; k++)
                {
                    float pGradient = lambda * p[k] - error * q[k], qGradient = lambda * q[k] - error * p[k];
                    pSquare += pGradient * pGradient;
                    qSquare += qGradient * qGradient;
                    p[k] = Math.Max(least, p[k] - pRate * pGradient);
                    q[k] = Math.Max(least, q[k] - qRate * qGradient);
                }

                leftSquares[row] += pSquare / rank;
                rightSquares[column] += qSquare / rank;
            }
        }

        float scale = (float)Math.Sqrt(deviation);
        return (Array.ConvertAll(left, value => value * scale), Array.ConvertAll(right, value => value * scale));
    }

    private static float[] Start(int count, List<int> used, int rank, UniformNumbers random)
    {
        var vectors = new float[count * rank];
        Array.Fill(vectors, float.NaN);
        float scale = MathF.Sqrt(1f / rank);
        foreach (int vector in used.Distinct().Order())
        {
            for (int k = 0; k < rank; k++)
                vectors[vector * rank + k] = random.Next() * scale;
        }

        return vectors;
    }

    private static float[] Ones(int count)
    {
        var ones = new float[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
