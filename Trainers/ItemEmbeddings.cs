namespace Trainers;

/// <summary>One vector per item: what a trainer learns and a reranker compares.</summary>
/// <remarks>A model that can also score a history derives from this and implements <see cref="IHistoryScorer"/>.</remarks>
public class ItemEmbeddings
{
    /// <param name="count">I items</param>
    /// <param name="dimension">D</param>
    /// <param name="values">I x D, row-major</param>
    /// <exception cref="ArgumentException">The length is not I x D.</exception>
    public ItemEmbeddings(int count, int dimension, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.LongLength != (long)count * dimension)
            throw new ArgumentException($"{values.LongLength} values are not {count} x {dimension}.", nameof(values));
        (Count, Dimension, Values) = (count, dimension, values);
    }

    /// <summary>I, the number of items.</summary>
    public int Count { get; }

    /// <summary>D</summary>
    public int Dimension { get; }

    /// <summary>I x D, row-major.</summary>
    public float[] Values { get; }

    /// <summary>The D values of an item; all zero if training saw nothing of it.</summary>
    public ReadOnlySpan<float> this[int item] => Values.AsSpan(item * Dimension, Dimension);
}
