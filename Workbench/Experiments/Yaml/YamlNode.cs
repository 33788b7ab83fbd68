namespace Workbench.Experiments.Yaml;

/// <summary>A node of a YAML text with the place where it begins. Trees are never changed, only replaced.</summary>
public abstract record YamlNode(YamlMark Mark)
{
    /// <summary>True for nothing at all, <c>~</c> and <c>null</c>.</summary>
    public virtual bool IsNull => false;
}

/// <param name="Mark">where it begins</param>
/// <param name="Text">without quotes, escapes resolved</param>
/// <param name="Plain">true if it was written without quotes: only then can it be a number, a truth value or null</param>
public sealed record YamlScalar(YamlMark Mark, string Text, bool Plain) : YamlNode(Mark)
{
    public override bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <param name="Mark">where it begins</param>
/// <param name="Items">in order</param>
public sealed record YamlSequence(YamlMark Mark, IReadOnlyList<YamlNode> Items) : YamlNode(Mark);

/// <param name="Mark">where it begins</param>
/// <param name="Entries">in order; keys differ</param>
public sealed record YamlMapping(YamlMark Mark, IReadOnlyList<YamlEntry> Entries) : YamlNode(Mark)
{
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

/// <summary>A key with its value.</summary>
public sealed record YamlEntry(YamlMark KeyMark, string Key, YamlNode Value);

/// <summary>Something that has been reported already: no reader says more of it.</summary>
public sealed record YamlFaulty(YamlMark Mark) : YamlNode(Mark);
