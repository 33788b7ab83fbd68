namespace Workbench.Reports.Importance;

/// <summary>How much of a search's variation an option explains by itself.</summary>
/// <param name="Option">name</param>
/// <param name="Share">of the variance over the searched space, 0 to 1, mean over the trees of the forest; NaN if too few trials have the option</param>
/// <param name="Deviation">standard deviation of the share over the trees</param>
/// <param name="Trials">that were looked at: all, or those that have the option, where another one decides that</param>
public sealed record OptionImportance(string Option, double Share, double Deviation, int Trials);

/// <summary>What the options of a search were worth.</summary>
/// <param name="Options">those that all trials have, greatest share first, then those that some have; empty if there is a remark</param>
/// <param name="Together">what is left by those that all trials have: options acting together, and those that only some have</param>
/// <param name="Trials">that were looked at</param>
/// <param name="Remark">why nothing can be said; null if something can</param>
public sealed record SearchImportance(IReadOnlyList<OptionImportance> Options, double Together, int Trials, string? Remark);
