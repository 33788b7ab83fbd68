namespace Microsoft.ML.Trainers;

public sealed partial class MatrixFactorizationTrainer
{
    internal const int DefaultRank = 8;
    internal const int DefaultIterations = 20;
    internal const double DefaultLearningRate = 0.1;

    /// <summary>What is minimised.</summary>
    public enum LossFunctionType
    {
        /// <summary>The squared error of the labels; what has no label does not count.</summary>
        SquareLossRegression = 0,

        /// <summary>The squared error of the whole matrix: 1 where there is a row, whatever its label, and C elsewhere.</summary>
        SquareLossOneClass = 12,
    }

    /// <summary>What the trainer needs to know.</summary>
    public sealed class Options
    {
        /// <summary>A uint key: the matrix's column.</summary>
        public string? MatrixColumnIndexColumnName;

        /// <summary>A uint key: the matrix's row.</summary>
        public string? MatrixRowIndexColumnName;

        /// <summary>The values, Single or Double.</summary>
        public string? LabelColumnName;

        /// <summary>What is minimised.</summary>
        public LossFunctionType LossFunction;

        /// <summary>How strongly large factors cost.</summary>
        public double Lambda = 0.1;

        /// <summary>Length of a factor.</summary>
        public int ApproximationRank = DefaultRank;

        /// <summary>Passes over the values.</summary>
        public int NumberOfIterations = DefaultIterations;

        /// <summary>Step size of the regression; the other loss has no steps.</summary>
        public double LearningRate = DefaultLearningRate;

        /// <summary>One class: weight of an element that has no row.</summary>
        public double Alpha = 0.0001f;

        /// <summary>One class: what an element that has no row should be.</summary>
        public double C = 0.000001f;

        /// <summary>Must be positive. There is one thread here, so nothing depends on it.</summary>
        public int? NumberOfThreads;

        /// <summary>Nothing is printed here, so nothing depends on it.</summary>
        public bool Quiet;

        /// <summary>Whether the regression's factors have no negative elements.</summary>
        public bool NonNegative;
    }
}
