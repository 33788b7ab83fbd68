namespace Microsoft.ML.Trainers.Recommender;

/// <summary>Two matrices of factors: an element is estimated by the inner product of its row's and its column's.</summary>
public sealed class MatrixFactorizationModelParameters
{
    /// <summary>How many keys the row index has.</summary>
    public readonly int NumberOfRows;

    /// <summary>How many keys the column index has.</summary>
    public readonly int NumberOfColumns;

    /// <summary>Length of a factor.</summary>
    public readonly int ApproximationRank;

    private readonly float[] _left;
    private readonly float[] _right;

    internal MatrixFactorizationModelParameters(int rows, int columns, int rank, float[] left, float[] right) =>
        (NumberOfRows, NumberOfColumns, ApproximationRank, _left, _right) = (rows, columns, rank, left, right);

    /// <summary>The rows' factors, one after the other.</summary>
    public IReadOnlyList<float> LeftFactorMatrix => _left;

    /// <summary>The columns' factors, one after the other.</summary>
    public IReadOnlyList<float> RightFactorMatrix => _right;

    /// <summary>The estimate of an element by its keys; NaN if one is missing or beyond the known ones.</summary>
    internal float Score(uint column, uint row)
    {
        if (row == 0 || row > NumberOfRows || column == 0 || column > NumberOfColumns)
            return float.NaN;
        ReadOnlySpan<float> left = _left.AsSpan((int)(row - 1) * ApproximationRank, ApproximationRank);
        ReadOnlySpan<float> right = _right.AsSpan((int)(column - 1) * ApproximationRank, ApproximationRank);
        float score = 0;
        for (int k = 0; k < left.Length; k++)
            score += left[k] * right[k];
        return score;
    }
}
