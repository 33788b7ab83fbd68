using System.Security.Cryptography;
using System.Text;

namespace Workbench.Studies;

/// <summary>Everything that decides what a trial gives, in words: equal identities give equal results, to the bit.</summary>
/// <remarks>Lines of <c>name = value</c> in the order in which they were added; its SHA-256 is the trial's key.</remarks>
internal sealed class TrialIdentity
{
    private readonly StringBuilder _lines = new();

    public TrialIdentity()
    {
    }

    private TrialIdentity(string lines) => _lines.Append(lines);

    /// <summary>64 hexadecimal digits</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public string Text => _lines.ToString();

    /// <summary>This and one line more; this stays as it is.</summary>
    public TrialIdentity With(string name, string? value)
    {
        var longer = new TrialIdentity(Text);
        longer._lines.Append(name).Append(" = ").Append((value ?? "~").Replace("\\", "\\\\", StringComparison.Ordinal).ReplaceLineEndings("\\n")).Append('\n');
        return longer;
    }
}
