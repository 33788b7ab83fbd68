namespace Workbench.Llm;

/// <summary>A title that a language model named.</summary>
/// <param name="Title">as it wrote it, without year, quotes and remarks</param>
/// <param name="Year">in parentheses after it, if it gave one</param>
/// <param name="Position">0 for the first title of the reply</param>
/// <param name="Inline">it stood between commas, so it may be a part of a title that holds a comma</param>
public readonly record struct NamedTitle(string Title, int? Year, int Position, bool Inline = false);
