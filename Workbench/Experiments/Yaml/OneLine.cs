using System.Text;

namespace Workbench.Experiments.Yaml;

/// <summary>Somebody's text inside an error of one line.</summary>
internal static class OneLine
{
    /// <summary>Line breaks and control characters become spaces; what is longer than <paramref name="most"/> characters is cut.</summary>
    public static string Of(string text, int most = 60)
    {
        var line = new StringBuilder(Math.Min(text.Length, most) + 3);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (line.Length >= most)
                return line.Append("...").ToString();
            bool visible = !Rune.IsControl(rune) && rune.Value is not (0x2028 or 0x2029 or 0x0085);
            line.Append(visible ? rune.ToString() : " ");
        }

        return line.ToString();
    }
}
