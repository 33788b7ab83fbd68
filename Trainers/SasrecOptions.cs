using Trainers.Options;

namespace Trainers;

/// <summary>What a SASRec minimises.</summary>
public enum SasrecLoss
{
    /// <summary>The target against all items.</summary>
    CrossEntropy,

    /// <summary>The target against the items that the user does not have: those that a ranking without seen items ranks.</summary>
    CrossEntropyUnseen,

    /// <summary>The target against drawn negatives, softmax.</summary>
    SampledSoftmax,

    /// <summary>The target and drawn negatives, each by itself.</summary>
    Bce,

    /// <summary>The same, with the target's part reduced so that scores are calibrated.</summary>
    Gbce,
}

/// <summary>What computes gradients and steps of a SASRec.</summary>
public enum SasrecEngine
{
    /// <summary>The kernels of this program: the same bits with any number of threads.</summary>
    Managed,

    /// <summary>TorchSharp: the same start, data order, negatives and steps, rounded and dropped out as PyTorch does.</summary>
    Torch,
}

/// <summary>Where <see cref="SasrecEngine.Torch"/> computes.</summary>
public enum SasrecDevice
{
    Cpu,
    Cuda,
}

/// <summary>Options of <see cref="Sasrec"/>.</summary>
public sealed record SasrecOptions : SourceOptions
{
    [Option("what is minimised: cross-entropy over all items or over those that the user does not have (cross-entropy-unseen), sampled-softmax, bce or gbce over drawn negatives")]
    [Search(Choices = [SasrecLoss.Bce, SasrecLoss.Gbce, SasrecLoss.SampledSoftmax, SasrecLoss.CrossEntropy])]
    public SasrecLoss Loss { get; init; } = SasrecLoss.SampledSoftmax;

    [Option("length of an item's vector, and width of every layer (d)", Min = 1, Max = 1024)]
    [Search(Choices = [32, 64, 128])]
    public int Dimension { get; init; } = 64;

    [Option("blocks of attention and point-wise network", Min = 1, Max = 16)]
    [Search(Low = 1, High = 3)]
    public int Blocks { get; init; } = 2;

    [Option("heads of attention; must divide the dimension", Min = 1, Max = 64)]
    [Search(Choices = [1, 2, 4])]
    public int Heads { get; init; } = 1;

    [Option("how many of a user's last items are looked at", Min = 1, Max = 4096)]
    [Search(Choices = [50, 100, 200])]
    public int MaxLength { get; init; } = 200;

    [Option("probability that an element is dropped, after the embedding, in attention and in the point-wise network", Min = 0, Max = 0.95)]
    [Search(Low = 0, High = 0.5)]
    public double Dropout { get; init; } = 0.1;

    [Option("learning rate of Adam", Min = 0, Max = 1, MinExclusive = true)]
    [Search(Low = 2e-4, High = 5e-3, Log = true)]
    public double LearningRate { get; init; } = 1e-3;

    [Option("how long Adam remembers squared gradients: their decay in a step (beta 2); 0.98 in the code of SASRec's authors", Min = 0, Max = 0.999999)]
    public double AdamBeta2 { get; init; } = 0.999;

    [Option("users in a step", Min = 1, Max = 65_536)]
    public int BatchSize { get; init; } = 128;

    [Option("passes over all users, at most", Min = 1, Max = 100_000)]
    [TrainingLength]
    public int Epochs { get; init; } = 100;

    [Option("stop after so many epochs in which NDCG@10 of the held-out items did not rise; the best epoch is kept", Min = 1, Max = 100_000)]
    public int Patience { get; init; } = 10;

    [Option("look at the validation items of so many users to decide when to stop, or, where there are none, at the last items of as many, at most half, which are then not learned from; 0 runs all epochs", Min = 0, Max = 1_000_000)]
    public int ValidationUsers { get; init; } = 2_000;

    [Option("negatives per position (bce) or shared by a sequence (gbce, sampled-softmax); without it 1, 256 and 1000, the latter two at most a quarter of the items", Min = 1, Max = 1_000_000)]
    public int? Negatives { get; init; }

    [Option("calibration of gbce (t): 0 is bce, 1 makes scores probabilities", Min = 0, Max = 1)]
    [Search(Low = 0, High = 1, When = nameof(Loss), Is = [SasrecLoss.Gbce])]
    public double GbceT { get; init; } = 0.75;

    [Option("score candidates by the vectors that histories are read by; false learns a second table, which becomes the embeddings")]
    public bool TieOutput { get; init; } = true;

    [Option("standard deviation of the initial parameters", Min = 0, Max = 10, MinExclusive = true)]
    public double InitStddev { get; init; } = 0.02;

    [Option("what trains: managed, or torch, which needs a build with MLNet=packages and a libtorch")]
    public SasrecEngine Engine { get; init; } = SasrecEngine.Managed;

    [Option("where the torch engine computes")]
    public SasrecDevice Device { get; init; } = SasrecDevice.Cpu;

    /// <summary>The loss draws no negatives.</summary>
    internal bool ScoresAllItems => Loss is SasrecLoss.CrossEntropy or SasrecLoss.CrossEntropyUnseen;

    /// <summary>K: what is asked for, or the loss's own number, which then is at most a quarter of the items.</summary>
    internal int NegativesFor(int items) => Negatives ?? Loss switch
    {
        SasrecLoss.Bce => 1,
        SasrecLoss.Gbce => Math.Clamp(items / 4, 1, 256),
        _ => Math.Clamp(items / 4, 1, 1_000),
    };

    /// <summary>beta of gbce.</summary>
    internal double PositiveWeight(int items)
    {
        double alpha = Math.Min(1, NegativesFor(items) / Math.Max(1.0, items - 1));
        return alpha * (GbceT * (1 - 1 / alpha) + 1 / alpha);
    }
}
