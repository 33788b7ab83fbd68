namespace Workbench.Search;

/// <summary>When a search ends, and what it cuts short.</summary>
/// <param name="Trials">at most so many proposals</param>
/// <param name="Lag">L of <see cref="SearchSchedule"/>, at least 1: so many jobs can run at once</param>
/// <param name="Halving">null: every trial is run whole</param>
/// <param name="Patience">no proposals after so many trials without a gain; null: never</param>
/// <param name="MinGain">what counts as a gain: more than this above the best before</param>
public sealed record SearchLimits(int Trials, int Lag = 8, Halving? Halving = null, int? Patience = null, double MinGain = 0);

/// <summary>Successive halving: of the trials with so many epochs the best share gets <paramref name="Factor"/> times as many.</summary>
/// <param name="MinEpochs">of the first rung, at least 1</param>
/// <param name="Factor">eta, at least 2: one in so many goes on</param>
public sealed record Halving(int MinEpochs, int Factor)
{
    /// <summary>MinEpochs Factor^k up to the whole length, which is the last; the length alone, or null, where there is nothing to cut.</summary>
    /// <param name="length">epochs of a whole training; null for a method without</param>
    public IReadOnlyList<int?> Rungs(int? length)
    {
        if (length is not { } whole)
            return [null];
        var rungs = new List<int?>();
        for (long epochs = MinEpochs; epochs < whole; epochs *= Factor)
            rungs.Add((int)epochs);
        return [.. rungs, whole];
    }
}

/// <summary>Whether a search has stopped to gain, over results in the order of the slots.</summary>
internal sealed class Plateau(int? patience, double minGain)
{
    private double? _best;
    private int _without;

    internal bool IsReached => _without >= patience;

    internal void See(double? value, bool isTrial)
    {
        if (value is { } gained && (_best is not { } best || gained > best + minGain))
            (_best, _without) = (gained, 0);
        else if (isTrial)
            _without++;
    }
}
