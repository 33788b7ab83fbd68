namespace Workbench.Search.Running;

/// <summary>How a search goes.</summary>
/// <param name="Entry">label of what is searched</param>
/// <param name="Trials">proposed and begun so far</param>
/// <param name="Of">at most</param>
/// <param name="Failed">of them</param>
/// <param name="Best">value so far, at whichever epochs; null if none</param>
/// <param name="Last">what the last job was and gave, in one line</param>
public sealed record SearchWatch(string Entry, int Trials, int Of, int Failed, double? Best, string Last);
