namespace Evaluation;

/// <summary>The data that was handed in cannot be judged. The message is one line for the person who handed it in.</summary>
public sealed class EvaluationException(string message) : Exception(message);
