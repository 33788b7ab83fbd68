namespace Workbench.Llm.Prompts;

/// <summary>What a template can ask to be filled in.</summary>
internal enum Placeholder
{
    /// <summary>How many titles are asked for.</summary>
    Titles,

    /// <summary>The conversation so far, a line per utterance.</summary>
    Context,

    /// <summary>The titles that were mentioned so far, a line each.</summary>
    Mentioned,
}

/// <summary>Text as it is, or something to be filled in.</summary>
internal readonly record struct TemplatePart(string Text, Placeholder? Filled = null);
