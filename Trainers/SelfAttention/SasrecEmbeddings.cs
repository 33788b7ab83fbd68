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
    private readonly int[] _names, _rows;
    private readonly ConcurrentBag<Workplace> _idle = [];

    internal SasrecEmbeddings(SasrecModel<float> model, TrainingSequences data, int itemCount, int bestEpoch, double validationNdcg)
        : this(model, new SasrecFile.Circumstances(data.Names, itemCount, bestEpoch, validationNdcg))
    {
    }

    private SasrecEmbeddings(SasrecModel<float> model, SasrecFile.Circumstances about)
        : base(about.ItemCount, model.Outputs.Dimension, Unpad(model, about.Names, about.ItemCount))
    {
        (_model, _names, BestEpoch, ValidationNdcg) = (model, about.Names, about.BestEpoch, about.ValidationNdcg);
        _rows = new int[about.ItemCount];
        Array.Fill(_rows, -1);
        for (int row = 0; row < _names.Length; row++)
            _rows[_names[row]] = row;
    }

    public int ItemCount => Count;

    /// <summary>The epoch whose parameters these are, from 1.</summary>
    public int BestEpoch { get; }

    /// <summary>NDCG@10 of the held-out items after that epoch; 0 if none was held out.</summary>
    public double ValidationNdcg { get; }

    /// <summary>A model as <see cref="Save"/> wrote it: it scores to the same bit.</summary>
    /// <exception cref="UserErrorException">The file is missing, damaged, or holds something else.</exception>
    public static SasrecEmbeddings Load(string path)
    {
        (SasrecModel<float> model, SasrecFile.Circumstances about) = SasrecFile.Read(path);
        return new SasrecEmbeddings(model, about);
    }

    /// <summary>
    /// Writes every parameter, whichever engine trained it, as safetensors: F32, named and shaped as PyTorch's layers would have them; items by their numbers.
    /// </summary>
    /// <exception cref="UserErrorException">The folder is missing or cannot be written to.</exception>
    public void Save(string path) => SasrecFile.Write(path, _model, new SasrecFile.Circumstances(_names, ItemCount, BestEpoch, ValidationNdcg));

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> history, int query, Span<float> scores)
    {
        scores = scores[..Count];
        if (!_idle.TryTake(out Workplace? own))
            own = new Workplace(_model);
        int length = own.Fill(history, _rows);
        scores.Clear();
        if (length > 0)
        {
            _model.Score(own.History.AsSpan(0, length), own.State, own.Scores);
            scores.Fill(System.Numerics.Tensors.TensorPrimitives.Min<float>(own.Scores));
            for (int row = 0; row < own.Scores.Length; row++)
                scores[_names[row]] = own.Scores[row];
        }

        _idle.Add(own);
    }

    private static float[] Unpad(SasrecModel<float> model, int[] names, int itemCount)
    {
        int dimension = model.Outputs.Dimension;
        var values = new float[(long)itemCount * dimension];
        for (int row = 0; row < names.Length; row++)
            model.Outputs.Values.Rows(row, 1, Padding.Stride(dimension))[..dimension].CopyTo(values.AsSpan(names[row] * dimension));
        return values;
    }

    private sealed class Workplace(SasrecModel<float> model)
    {
        public EncoderState<float> State { get; } = new(model.Encoder, model.Encoder.MaxLength);

        public float[] Scores { get; } = new float[model.Outputs.Count];

        public int[] History { get; } = new int[model.Encoder.MaxLength];

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
