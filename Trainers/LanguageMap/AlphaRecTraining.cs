using Trainers.Checkpoints;
using Trainers.LeastSquares;
using Trainers.Optimizers;
using Trainers.Sampling;

namespace Trainers.LanguageMap;

/// <summary>Epochs of AlphaRec: all users in a random order, a batch of them a step, each with one of its items.</summary>
internal sealed class AlphaRecTraining(AlphaRecModel<float> model, PositiveMatrix positives, AlphaRecOptions options, TrainingRun run) : IEpochTraining
{
    private readonly Adam _adam = new(options.LearningRate, Beta2: 0.999);
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = Math.Max(1, run.Threads), CancellationToken = run.Cancellation };
    private readonly int[] _users = Teaching(positives);
    private readonly int[] _candidates = [.. positives.Columns.Distinct().Order()];
    private readonly float[] _gradients = new float[model.Parameters.Length], _first = new float[model.Parameters.Length], _second = new float[model.Parameters.Length];
    private readonly long[] _step = new long[1];

    /// <summary>A user who has everything that anybody has has no negatives.</summary>
    public static int[] Teaching(PositiveMatrix positives)
    {
        int seen = positives.Columns.Distinct().Count();
        return [.. Enumerable.Range(0, positives.RowCount).Where(user => positives[user].Length > 0 && positives[user].Length < seen)];
    }

    /// <inheritdoc/>
    public EpochResult RunEpoch(int epoch)
    {
        var random = SplitMix64.ForStream(run.Seed, ~(ulong)epoch);
        random.Shuffle<int>(_users);
        double loss = 0;
        foreach (int[] users in _users.Chunk(options.BatchUsers))
        {
            ContrastiveBatch batch = ContrastiveBatch.Draw(positives, _candidates, users, options.Negatives, random);
            loss += model.Step(batch, _gradients, _parallel) * (double)users.Length;
            _adam.Step(++_step[0]).Apply<float>(_gradients, _first, _second, model.Weights.Values);
            model.Weights.Refresh();
        }

        return new EpochResult(loss / Math.Max(1, _users.Length), new EpochWork(_users.Length, "users"));
    }

    /// <inheritdoc/>
    public void Visit(IStateVisitor state)
    {
        state.Visit("weights", model.Weights.Values);
        state.Visit<float>("first moments", _first);
        state.Visit<float>("second moments", _second);
        state.Visit<long>("step", _step);
        state.Visit<int>("order", _users);
    }

    /// <inheritdoc/>
    public void StateRestored() => model.Weights.Refresh();
}
