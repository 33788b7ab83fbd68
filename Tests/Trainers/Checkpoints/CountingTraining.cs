using Trainers;
using Trainers.Checkpoints;

namespace Tests.Trainers.Checkpoints;

/// <summary>A training whose state is a number of every type, and whose epochs count.</summary>
internal sealed class CountingTraining(int length) : IEpochTraining
{
    private long _epochs;
    private double _sum;

    public float[] Floats { get; } = [.. Enumerable.Range(0, length).Select(i => i / 3f)];

    public int[] Ints { get; } = [.. Enumerable.Range(0, 5)];

    public int Restorations { get; private set; }

    public (long, double) Counts => (_epochs, _sum);

    public EpochResult RunEpoch(int epoch)
    {
        _epochs++;
        _sum += 1.0 / epoch;
        for (int i = 0; i < length; i++)
            Floats[i] += epoch;
        Ints[epoch % 5] = -epoch;
        return new EpochResult(_sum, new EpochWork(length, "numbers"));
    }

    public void Visit(IStateVisitor state)
    {
        state.Visit("epochs", new Span<long>(ref _epochs));
        state.Visit("sum", new Span<double>(ref _sum));
        state.Visit<float>("floats", Floats);
        state.Visit<int>("ints", Ints);
    }

    public void StateRestored() => Restorations++;
}
