using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML;

/// <summary>Trainers and metrics of recommendation.</summary>
public sealed class RecommendationCatalog : TrainCatalogBase
{
    internal RecommendationCatalog(MLContext context) => Trainers = new(context);

    /// <summary>The trainers.</summary>
    public RecommendationTrainers Trainers { get; }

    /// <summary>How far the scores are from the labels; rows without a label or a score are left out.</summary>
    public RegressionMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score")
    {
        ArgumentNullException.ThrowIfNull(data);
        DataViewSchema.Column labels = data.Schema[labelColumnName], scores = data.Schema[scoreColumnName];
        using DataViewRowCursor cursor = data.GetRowCursor([labels, scores]);
        ValueGetter<float> label = MatrixFactorizationTrainer.LabelGetter(cursor, labels), score = cursor.GetGetter<float>(scores);
        float truth = 0, guess = 0;
        double absolute = 0, squared = 0, sum = 0, sumOfSquares = 0;
        long count = 0;
        while (cursor.MoveNext())
        {
            label(ref truth);
            score(ref guess);
            if (!float.IsFinite(truth) || !float.IsFinite(guess))
                continue;
            double error = (double)truth - guess;
            absolute += Math.Abs(error);
            squared += error * error;
            sum += truth;
            sumOfSquares += (double)truth * truth;
            count++;
        }

        return new(absolute / count, squared / count, sumOfSquares / count - sum / count * (sum / count));
    }

    /// <summary>Where trainers hang.</summary>
    public sealed class RecommendationTrainers : CatalogInstantiatorBase
    {
        private readonly MLContext _context;

        internal RecommendationTrainers(MLContext context) => _context = context;

        /// <summary>Factors of a matrix that is known in part, by the squared error of what is known.</summary>
        /// <param name="labelColumnName">The values, Single or Double.</param>
        /// <param name="matrixColumnIndexColumnName">A uint key: the matrix's column.</param>
        /// <param name="matrixRowIndexColumnName">A uint key: the matrix's row.</param>
        /// <param name="approximationRank">Length of a factor.</param>
        /// <param name="learningRate">Step size.</param>
        /// <param name="numberOfIterations">Passes over the values.</param>
        public MatrixFactorizationTrainer MatrixFactorization(
            string labelColumnName,
            string matrixColumnIndexColumnName,
            string matrixRowIndexColumnName,
            int approximationRank = MatrixFactorizationTrainer.DefaultRank,
            double learningRate = MatrixFactorizationTrainer.DefaultLearningRate,
            int numberOfIterations = MatrixFactorizationTrainer.DefaultIterations) =>
            MatrixFactorization(new()
            {
                LabelColumnName = labelColumnName,
                MatrixColumnIndexColumnName = matrixColumnIndexColumnName,
                MatrixRowIndexColumnName = matrixRowIndexColumnName,
                ApproximationRank = approximationRank,
                LearningRate = learningRate,
                NumberOfIterations = numberOfIterations,
            });

        /// <summary>Factors of a matrix that is known in part, or of which only some elements were seen.</summary>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
        public MatrixFactorizationTrainer MatrixFactorization(MatrixFactorizationTrainer.Options options) => new(_context, options);
    }
}
