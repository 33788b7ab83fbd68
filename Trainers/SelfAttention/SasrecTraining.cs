using System.Collections.Concurrent;
using Trainers.Checkpoints;
using Trainers.Layers;
using Trainers.Optimizers;
using Trainers.Sampling;

namespace Trainers.SelfAttention;

/// <summary>Epochs of a SASRec: all users in a random order, a batch of them a step; after each the held-out items are ranked, and the best epoch's parameters are copied.</summary>
internal sealed class SasrecTraining : IEpochTraining, IDisposable
{
    private const ulong ShuffleStream = 1UL << 42;

    private readonly SasrecModel<float> _model;
    private readonly SasrecOptions _options;
    private readonly TrainingSequences _data;
    private readonly TrainingRun _run;
    private readonly ISasrecStep _step;
    private readonly Adam _adam;
    private readonly ConcurrentBag<EncoderState<float>> _states = [];
    private readonly int[] _users;
    private float[][] _best = [];
    private long _steps, _epoch, _bestEpoch;
    private double _bestNdcg;

    public SasrecTraining(SasrecModel<float> model, SasrecOptions options, TrainingSequences data, TrainingRun run)
    {
        (_model, _options, _data, _run) = (model, options, data, run);
        _step = SasrecEngines.NewStep(model, options, data, run);
        _adam = new Adam(options.LearningRate, options.AdamBeta2);
        _users = [.. data.Users];
        if (HoldsOut)
            _best = model.Save();
    }

    /// <summary>Patience is at its end.</summary>
    public bool HasConverged => _bestEpoch > 0 && _epoch - _bestEpoch >= _options.Patience;

    private bool HoldsOut => _data.HeldOutUsers.Length > 0;

    /// <inheritdoc/>
    public EpochResult RunEpoch(int epoch)
    {
        SplitMix64.ForStream(_run.Seed, ShuffleStream + (ulong)epoch).Shuffle<int>(_users);
        double loss = 0;
        for (int first = 0; first < _users.Length; first += _options.BatchSize)
        {
            ReadOnlyMemory<int> batch = _users.AsMemory(first, Math.Min(_options.BatchSize, _users.Length - first));
            loss += _step.Compute(batch, epoch) * batch.Length / _users.Length;
            _step.Update(_adam.Step(++_steps));
        }

        _step.Publish();
        _epoch = epoch;
        var work = new EpochWork(_data.Targets, "tokens");
        if (!HoldsOut || !double.IsFinite(loss))
            return new EpochResult(loss, work);
        double ndcg = HeldOutNdcg.Compute(_model, _data, _states, _run.Threads, _run.Cancellation);
        if (_bestEpoch == 0 || ndcg > _bestNdcg)
            (_bestEpoch, _bestNdcg, _best) = (epoch, ndcg, _model.Save());
        return new EpochResult(loss, work, new ValidationMetric("NDCG@10", ndcg));
    }

    /// <summary>Gives the model the best epoch's parameters, if there is a best one.</summary>
    /// <returns>which epoch that is, and its NDCG@10, or 0 if nothing is held out</returns>
    public (int Epoch, double Ndcg) RestoreBest()
    {
        if (_bestEpoch == 0)
            return ((int)_epoch, 0);
        _model.Restore(_best);
        return ((int)_bestEpoch, _bestNdcg);
    }

    /// <inheritdoc/>
    public void Visit(IStateVisitor state)
    {
        state.Visit("epoch", new Span<long>(ref _epoch));
        state.Visit("steps", new Span<long>(ref _steps));
        state.Visit("best_epoch", new Span<long>(ref _bestEpoch));
        state.Visit("best_ndcg", new Span<double>(ref _bestNdcg));
        _model.Visit(state);
        for (int i = 0; i < _best.Length; i++)
            state.Visit<float>($"best.{i}", _best[i]);
        state.Visit<int>("order", _users);
    }

    /// <inheritdoc/>
    public void StateRestored()
    {
        _model.Weights.Refresh();
        _step.Adopt();
    }

    public void Dispose() => _step.Dispose();
}
