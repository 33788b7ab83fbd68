using System.Collections;
using System.Globalization;

namespace Trainers.Options;

/// <summary>How values are written in labels, tables and messages: invariant, and as YAML would read them back.</summary>
public static class OptionText
{
    public static string Of(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "true" : "false",
        string text => text,
        Enum member => OptionName.OfMember(member.ToString()),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Of))}]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
