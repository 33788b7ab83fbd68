using System.Collections.Concurrent;
using System.Numerics;
using System.Numerics.Tensors;
using Trainers.Kernels;
using Trainers.Layers;
using Trainers.Losses;
using Trainers.Optimizers;
using Trainers.Sampling;

namespace Trainers.SelfAttention;

/// <summary>One batch at a time: loss, gradients, and the step of Adam.</summary>
/// <remarks>
/// A batch is cut into at most 16 parts by its length alone; each has gradients of its own, which are added in the order of the parts. So threads,
/// which take parts as they come, never change a bit.
/// </remarks>
internal sealed class SasrecStep<T> : ISasrecStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostParts = 16;

    // With fewer users a part has less to learn than to add up.
    private const int LeastUsersOfPart = 8;

    private const int BlockItems = 128;

    private readonly SasrecModel<T> _model;
    private readonly SasrecOptions _options;
    private readonly TrainingSequences _data;
    private readonly ulong _seed;
    private readonly ParallelOptions _parallel;
    private readonly ConcurrentBag<Workplace> _workplaces = [];
    private readonly AlignedBuffer<T>[] _gradients;
    private readonly RowGradients<T>[] _inputs, _outputs;
    private readonly double[] _losses = new double[MostParts];
    private readonly AlignedBuffer<T>? _allTransposed;

    public SasrecStep(SasrecModel<T> model, SasrecOptions options, TrainingSequences data, ulong seed, int threads, CancellationToken cancellation)
    {
        (_model, _options, _data, _seed) = (model, options, data, seed);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation };
        int stride = model.Encoder.Stride;
        _gradients = [.. Enumerable.Range(0, Math.Clamp((Math.Min(options.BatchSize, data.Users.Length) + LeastUsersOfPart - 1) / LeastUsersOfPart, 1, MostParts)).Select(_ => new AlignedBuffer<T>(model.Encoder.Layout.Length))];
        _inputs = [.. _gradients.Select(_ => new RowGradients<T>(stride))];
        _outputs = ReferenceEquals(model.Inputs, model.Outputs) ? _inputs : [.. _gradients.Select(_ => new RowGradients<T>(stride))];
        if (options.ScoresAllItems)
            _allTransposed = new AlignedBuffer<T>(model.Outputs.Values.Length);
    }

    /// <summary>The first part's gradients hold the sum: for tests.</summary>
    public ReadOnlySpan<T> Gradient => _gradients[0].Span;

    /// <summary>The parts' gradients of the items, collected: for tests.</summary>
    public (RowGradients<T>[] Inputs, RowGradients<T>[] Outputs) ItemGradients => (_inputs, _outputs);

    /// <inheritdoc/>
    public double Compute(ReadOnlyMemory<int> users, int epoch)
    {
        long positions = 0;
        foreach (int user in users.Span)
            positions += _data.SequenceOf(user).Targets.Length;
        T weight = T.One / T.CreateChecked(positions);
        if (_allTransposed is not null)
            CandidateScores<T>.Transpose(_model.Outputs.Values.Span, _model.Outputs.Count, _model.Outputs.Stride, _allTransposed.Span);
        int parts = _gradients.Length;
        Parallel.For(0, parts, _parallel, Rent, (part, _, workplace) =>
        {
            _gradients[part].Span.Clear();
            _inputs[part].Clear();
            _outputs[part].Clear();
            _losses[part] = 0;
            (int first, int end) = (users.Length * part / parts, users.Length * (part + 1) / parts);
            for (int i = first; i < end;)
                i = Pack(users.Span[..end], i, epoch, part, weight, workplace);
            return workplace;
        }, _workplaces.Add);
        for (int part = 1; part < parts; part++)
            TensorPrimitives.Add<T>(_gradients[0].Span, _gradients[part].Span, _gradients[0].Span);
        _model.Inputs.Collect(_inputs);
        if (!ReferenceEquals(_inputs, _outputs))
            _model.Outputs.Collect(_outputs);
        return _losses.Sum();
    }

    /// <inheritdoc/>
    public void Update(AdamStep step)
    {
        _model.Update(_gradients[0].Span, step);
        Update(_model.Inputs, _inputs, step);
        if (!ReferenceEquals(_inputs, _outputs))
            Update(_model.Outputs, _outputs, step);
    }

    /// <summary>Nothing: it trains the model itself.</summary>
    public void Publish()
    {
    }

    /// <summary>Nothing, as well.</summary>
    public void Adopt()
    {
    }

    /// <summary>Nothing: it holds managed memory only.</summary>
    public void Dispose()
    {
    }

    private void Update(ItemTable<T> table, RowGradients<T>[] parts, AdamStep step) =>
        Parallel.For(0, (table.Count + BlockItems - 1) / BlockItems, _parallel, block =>
            table.Update(parts, block * BlockItems, Math.Min((block + 1) * BlockItems, table.Count), step));

    private int Pack(ReadOnlySpan<int> users, int i, int epoch, int part, T weight, Workplace workplace)
    {
        (EncoderState<T> state, ISequenceLoss<T> loss) = workplace;
        _parallel.CancellationToken.ThrowIfCancellationRequested();
        SequencePack pack = state.Pack;
        pack.Clear();
        for (; i < users.Length && pack.Rows < SequencePack.EnoughRows; i++)
        {
            (ReadOnlyMemory<int> inputs, ReadOnlyMemory<int> targets) = _data.SequenceOf(users[i]);
            pack.Add(inputs.Span, targets.Span, users[i], PackedSequence.KeyFor(_seed, epoch, users[i]));
        }

        Span<T> gradient = _gradients[part].Span, slopes = state.Slopes.Span;
        _model.Encoder.Forward(_model.Weights, _model.Inputs.Values.Span, _options.Dropout, state);
        _losses[part] += loss.Compute(pack, state.Output.Span, _model.Outputs, weight, slopes, _outputs[part]);
        _model.Encoder.Backward(_model.Weights, _options.Dropout, state, gradient);
        int first = _inputs[part].AddRows(pack.Rows, out Span<T> rows);
        slopes[..rows.Length].CopyTo(rows);
        for (int row = 0; row < pack.Rows; row++)
        {
            if (pack.Inputs[row] >= 0)
                _inputs[part].Add(pack.Inputs[row], first + row, _model.Encoder.ItemScale);
        }

        return i;
    }

    private Workplace Rent() => _workplaces.TryTake(out Workplace? idle) ? idle : new Workplace(NewState(), NewLoss());

    private EncoderState<T> NewState() => new(_model.Encoder, _data.Longest);

    private ISequenceLoss<T> NewLoss()
    {
        int items = _model.Outputs.Count, stride = _model.Encoder.Stride, negatives = _options.NegativesFor(items);
        var context = new LossContext(new NegativeSampler(items), _data.HistoryOf);
        return _options.Loss switch
        {
            SasrecLoss.Bce => new BinaryCrossEntropy<T>(context, negatives),
            SasrecLoss.Gbce => new CandidateLoss<T>(context, stride, CandidateFunction.Sigmoid, negatives, _options.PositiveWeight(items), null),
            SasrecLoss.SampledSoftmax => new CandidateLoss<T>(context, stride, CandidateFunction.Exponential, negatives, 1, null),
            SasrecLoss.CrossEntropy => new CandidateLoss<T>(context, stride, CandidateFunction.Exponential, null, 1, _allTransposed),
            SasrecLoss.CrossEntropyUnseen => new CandidateLoss<T>(context, stride, CandidateFunction.Exponential, null, 1, _allTransposed, unseenOnly: true),
            _ => throw new ArgumentOutOfRangeException(nameof(_options), _options.Loss, "No such loss."),
        };
    }

    /// <summary>What one thread works with, for as many parts as it takes.</summary>
    private sealed record Workplace(EncoderState<T> State, ISequenceLoss<T> Loss);
}
