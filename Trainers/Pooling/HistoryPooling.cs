namespace Trainers.Pooling;

/// <summary>How the similarities of a candidate to the items of a history become one score.</summary>
public enum HistoryPooling
{
    /// <summary>Their mean, which is the similarity to the mean vector.</summary>
    Mean,

    /// <summary>The greatest of them.</summary>
    Max,
}
