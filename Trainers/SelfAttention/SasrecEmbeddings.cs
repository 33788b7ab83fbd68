using System.Collections.Concurrent;
using Trainers.Kernels;
using Trainers.Layers;

namespace Trainers.SelfAttention;

/// <summary>Item vectors of a SASRec, and the scores of any history: the last position's vector times the items'.</summary>
/// <remarks>
/// An item that nobody had in training has a zero vector, is skipped in a history, and scores as low as the lowest other. An empty history scores every item 0.
/// </remarks>
public sealed class SasrecEmbeddings : ItemEmbeddings, IHistoryScorer
{
    private readonly SasrecModel<float> _model;
    private readonly TrainingSequences _data;
    private readonly ConcurrentBag<Workplace> _idle = [];

    internal SasrecEmbeddings(SasrecModel<float> model, TrainingSequences data, int itemCount, int bestEpoch, double validationNdcg)
        : base(itemCount, model.Outputs.Dimension, Unpad(model, data, itemCount)) =>
        (_model, _data, BestEpoch, ValidationNdcg) = (model, data, bestEpoch, validationNdcg);

    public int ItemCount => Count;

    /// <summary>The epoch whose parameters these are, from 1.</summary>
    public int BestEpoch { get; }

    /// <summary>NDCG@10 of the held-out items after that epoch; 0 if none was held out.</summary>
    public double ValidationNdcg { get; }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> history, int query, Span<float> scores)
    {
        scores = scores[..Count];
        if (!_idle.TryTake(out Workplace? own))
            own = new Workplace(_model, _data);
        int length = own.Fill(history, _data.Rows);
        scores.Clear();
        if (length > 0)
        {
            _model.Score(own.History.AsSpan(0, length), own.State, own.Scores);
            scores.Fill(System.Numerics.Tensors.TensorPrimitives.Min<float>(own.Scores));
            for (int row = 0; row < own.Scores.Length; row++)
                scores[_data.Names[row]] = own.Scores[row];
        }

        _idle.Add(own);
    }

    private static float[] Unpad(SasrecModel<float> model, TrainingSequences data, int itemCount)
    {
        int dimension = model.Outputs.Dimension;
        var values = new float[(long)itemCount * dimension];
        for (int row = 0; row < data.Names.Length; row++)
            model.Outputs.Values.Rows(row, 1, Padding.Stride(dimension))[..dimension].CopyTo(values.AsSpan(data.Names[row] * dimension));
        return values;
    }

    private sealed class Workplace(SasrecModel<float> model, TrainingSequences data)
    {
        public EncoderState<float> State { get; } = new(model.Encoder, data.MaxLength);

        public float[] Scores { get; } = new float[model.Outputs.Count];

        public int[] History { get; } = new int[data.MaxLength];

        /// <summary>The last known items, oldest first.</summary>
        public int Fill(ReadOnlySpan<int> history, int[] rows)
        {
            int first = history.Length, length = 0;
            while (first > 0 && length < History.Length)
                length += rows[history[--first]] >= 0 ? 1 : 0;
            int next = 0;
            foreach (int item in history[first..])
            {
                if (rows[item] >= 0)
                    History[next++] = rows[item];
            }

            return length;
        }
    }
}
