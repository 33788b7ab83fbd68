namespace Workbench.Studies;

/// <summary>A study cannot be kept: its disk is full, its folder read-only, its file damaged. No trial's fault, so it ends the run; what was done is kept.</summary>
/// <param name="message">one line for the user: what, where, what to do</param>
/// <param name="inner">what went wrong</param>
public sealed class StudyException(string message, Exception inner) : Exception(message, inner);
