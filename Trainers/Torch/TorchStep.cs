using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using Trainers.Kernels;
using Trainers.Layers;
using Trainers.Losses;
using Trainers.Sampling;
using Trainers.SelfAttention;
using Trainers.Storage;

namespace Trainers.Torch;

/// <summary>The step of SASRec by TorchSharp: parameters and moments live on the device, gradients come from its autograd.</summary>
/// <remarks>
/// It starts from the model's parameters, draws the managed engine's negatives and takes the same steps of Adam, so without dropout both follow one path up to
/// rounding. Dropout is drawn by torch, per batch from the seed. Sums are as reproducible as libtorch makes them on the device. libtorch has one number of threads
/// for the whole process.
/// </remarks>
internal sealed class TorchStep<T> : ISasrecStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SasrecModel<T> _model;
    private readonly SasrecOptions _options;
    private readonly TrainingSequences _data;
    private readonly ulong _seed;
    private readonly CancellationToken _cancellation;
    private readonly torch.Device _device;
    private readonly TorchDraws _draws;
    private readonly SasrecParameters<T> _exchange;
    private readonly TorchParameter[] _parameters;
    private readonly TorchEncoder _encoder;
    private readonly torch.Tensor _inputs, _outputs;
    private readonly LossContext _context;
    private torch.Tensor[] _gradients = [];
    private long[] _inputRows = [], _outputRows = [];

    public TorchStep(SasrecModel<T> model, SasrecOptions options, TrainingSequences data, ulong seed, int threads, CancellationToken cancellation)
    {
        (_model, _options, _data, _seed, _cancellation) = (model, options, data, seed, cancellation);
        _device = TorchRuntime.Of(options.Device);
        torch.set_num_threads(threads);
        _draws = new TorchDraws(_device);
        _exchange = new SasrecParameters<T>(model);
        torch.ScalarType type = typeof(T) == typeof(float) ? torch.ScalarType.Float32 : torch.ScalarType.Float64;
        _parameters = [.. _exchange.Places.Select(place => new TorchParameter(place.Shape, type, _device))];
        Adopt();
        Dictionary<string, torch.Tensor> named = _exchange.Places.Zip(_parameters).ToDictionary(pair => pair.First.Name, pair => pair.Second.Value);
        _encoder = new TorchEncoder(named, options.Blocks, options.Heads, options.Dropout, _draws);
        _inputs = named[SasrecParameters<T>.Items];
        _outputs = named.GetValueOrDefault(SasrecParameters<T>.Outputs, _inputs);
        _context = new LossContext(new NegativeSampler(model.Outputs.Count), data.HistoryOf);
    }

    /// <summary>The gradients of the last batch, in the order of <see cref="SasrecParameters{T}.Places"/>: for tests.</summary>
    public IEnumerable<T[]> Gradients => _gradients.Select(ToArray);

    /// <inheritdoc/>
    public double Compute(ReadOnlyMemory<int> users, int epoch)
    {
        _cancellation.ThrowIfCancellationRequested();
        Forget();
        try
        {
            using var scope = torch.NewDisposeScope();
            long key = (long)(PackedSequence.KeyFor(_seed, epoch, users.Span[0]) >> 1);
            var batch = new TorchBatch(users.Span, epoch, _data, Negatives(), _context, _seed, _device);
            torch.Tensor loss = TorchLoss.Compute(_draws.From(key, () => _encoder.Forward(batch)), _outputs, batch, _options);
            (_inputRows, _outputRows) = (batch.InputRows, batch.OutputRows);
            _gradients = [.. torch.autograd.grad([loss], [.. _parameters.Select(parameter => parameter.Value)]).Select(gradient => gradient.DetachFromDisposeScope())];
            return loss.ToDouble();
        }
        catch (ExternalException e) when (e.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || e.Message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase))
        {
            throw new UserErrorException("sasrec's `engine: torch` ran out of memory: lower `batch_size`, `max_length` or `negatives`", inner: e);
        }
    }

    /// <inheritdoc/>
    public void Update(AdamStep step)
    {
        using var scope = torch.NewDisposeScope();
        using IDisposable quiet = torch.no_grad();
        foreach ((TorchParameter parameter, torch.Tensor gradient) in _parameters.Zip(_gradients))
            parameter.Move(gradient, RowsOf(parameter.Value), step);
    }

    /// <inheritdoc/>
    public void Publish()
    {
        _model.Restore(Flat(parameter => parameter.Value));
        _model.RestoreMoments(Flat(parameter => parameter.First), Flat(parameter => parameter.Second));

        T[][] Flat(Func<TorchParameter, torch.Tensor> of) => _exchange.Flat(_parameters.Select(parameter => ToArray(of(parameter))));
    }

    /// <inheritdoc/>
    public void Adopt()
    {
        using var scope = torch.NewDisposeScope();
        using IDisposable quiet = torch.no_grad();
        (T[][] firsts, T[][] seconds) = _model.SaveMoments();
        NamedTensor<T>[] values = _exchange.Named(_model.Save()), first = _exchange.Named(firsts), second = _exchange.Named(seconds);
        for (int i = 0; i < _parameters.Length; i++)
            _parameters[i].Set(values[i].Values, first[i].Values, second[i].Values);
    }

    public void Dispose()
    {
        Forget();
        foreach (TorchParameter parameter in _parameters)
            parameter.Dispose();
        _draws.Dispose();
    }

    private static T[] ToArray(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return tensor.detach().cpu().data<T>().ToArray();
    }

    private (int Count, bool ByPosition)? Negatives() =>
        _options.ScoresAllItems ? null : (_options.NegativesFor(_model.Outputs.Count), _options.Loss == SasrecLoss.Bce);

    // As the managed engine: rows that the batch had nothing to do with rest. Cross-entropy has to do with all that are scored.
    private torch.Tensor? RowsOf(torch.Tensor parameter)
    {
        bool read = ReferenceEquals(parameter, _inputs), scored = ReferenceEquals(parameter, _outputs);
        if ((!read && !scored) || (scored && _options.ScoresAllItems))
            return null;
        IEnumerable<long> rows = read && scored ? _inputRows.Union(_outputRows).Order() : read ? _inputRows : _outputRows;
        return torch.tensor(rows.ToArray(), device: _device);
    }

    private void Forget()
    {
        foreach (torch.Tensor gradient in _gradients)
            gradient.Dispose();
        _gradients = [];
    }
}
