namespace Trainers.Options;

/// <summary>Which interactions a method learns from.</summary>
public enum TrainOn
{
    /// <summary>(user, item) of the ratings.</summary>
    Ratings,

    /// <summary>(seeker, mentioned item) of the conversations of the fit split, in order.</summary>
    Conversations,

    /// <summary>The users of the ratings, followed by the seekers of the conversations.</summary>
    Both,
}

/// <summary>Which conversations a method may be fitted on. The test split is no member, so it cannot be asked for.</summary>
public enum FitSplit
{
    /// <summary>Train if the dataset has it, else validation.</summary>
    Auto,

    Train,

    Validation,
}

/// <summary>Options of a method that learns from something which conversations hold, whatever it is.</summary>
/// <remarks>
/// What is declared here and in <see cref="SourceOptions"/> is read by whoever makes the <see cref="Interactions"/>, not by the method:
/// the method sees its effect only through the interactions that it is given. An options record that derives from neither belongs to a
/// method that learns from nothing.
/// </remarks>
public abstract record FitSplitOptions
{
    [Option("which conversations it is fitted on; auto is train, or validation where there is no train split; never test")]
    public FitSplit FitSplit { get; init; } = FitSplit.Auto;
}

/// <summary>Options of a method that learns from any interactions: the trainers, and most baselines.</summary>
public abstract record SourceOptions : FitSplitOptions
{
    [Option("what it learns from: the ratings, the items mentioned in conversations, or both")]
    public TrainOn TrainOn { get; init; } = TrainOn.Ratings;
}
