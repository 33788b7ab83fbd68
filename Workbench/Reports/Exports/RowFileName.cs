using System.Globalization;

namespace Workbench.Reports.Exports;

/// <summary>A label as a part of a file's name: its number keeps it unique, whatever is lost of it.</summary>
internal static class RowFileName
{
    /// <summary>File systems allow 255 bytes, endings and temporary names included.</summary>
    private const int MostLetters = 150;

    /// <param name="index">0-based</param>
    /// <param name="label">of the row</param>
    internal static string Of(int index, string label)
    {
        string name = string.Concat(label.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '=' ? letter : '_'));
        return string.Create(CultureInfo.InvariantCulture, $"{index + 1:00}.{name[..Math.Min(MostLetters, name.Length)]}");
    }
}
