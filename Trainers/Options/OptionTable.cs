using System.Text;

namespace Trainers.Options;

/// <summary>A catalogue's options as markdown, for the README.</summary>
public static class OptionTable
{
    /// <summary>Per entry a heading, its sentence and a table; LF line ends, the same text on every machine.</summary>
    public static string Markdown<T>(Catalog<T> catalog)
    {
        var text = new StringBuilder();
        foreach (CatalogEntry<T> entry in catalog.All)
        {
            if (text.Length > 0)
                text.Append('\n');
            text.Append("### `").Append(entry.Name).Append("`\n\n").Append(entry.Doc).Append('\n');
            string table = Markdown(entry.OptionsType);
            if (table.Length > 0)
                text.Append('\n').Append(table);
        }

        return text.ToString();
    }

    /// <summary>The table alone of one options record; empty if it has no options.</summary>
    public static string Markdown(Type optionsType)
    {
        IReadOnlyList<OptionSpec> specs = OptionSpecs.Of(optionsType);
        if (specs.Count == 0)
            return "";
        var text = new StringBuilder("| option | default | range | meaning |\n|---|---|---|---|\n");
        foreach (OptionSpec spec in specs)
        {
            text.Append("| `").Append(spec.Name).Append("` | ").Append(Cell(OptionText.Of(spec.Default)))
                .Append(" | ").Append(Cell(Range(spec))).Append(" | ").Append(Cell(spec.Doc)).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Range(OptionSpec spec)
    {
        string range = spec.Range;
        if (range.Length == 0)
            range = spec.ValueType == typeof(bool) ? "true, false" : spec.ElementType is null ? "any" : "a list";
        return spec.IsNullable ? $"{range}, or none" : range;
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
