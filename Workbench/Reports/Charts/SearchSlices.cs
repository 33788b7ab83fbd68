using System.Globalization;
using Workbench.Reports.Importance;

namespace Workbench.Reports.Charts;

/// <summary>A search seen from each of its options: what trials were worth against what the option was, and how much it explains by itself.</summary>
internal static class SearchSlices
{
    private const double Width = 680, Margin = 14, PanelWidth = 260, PanelHeight = 150, RowHeight = 216;

    private static readonly string[] Kinds = [SearchedTrial.Ok, SearchedTrial.Stopped];

    /// <param name="number">of the search, from 1: names the file</param>
    /// <returns>null if no trial came to a value</returns>
    internal static Chart? Of(SearchHistory search, int number)
    {
        SearchedTrial[] trials = [.. search.Trials.Where(trial => trial.Value is { } value && double.IsFinite(value))];
        if (trials.Length == 0 || search.Parameters.Count == 0)
            return null;
        var svg = new Svg();
        svg.Text(Margin, 20, $"{search.Row}: what was tried", "title", width: Width - (2 * Margin) - 60);
        string[] legend = [.. Kinds.Select((kind, i) => i == 0 ? "to the last epoch" : "stopped early").Take(trials.Any(trial => trial.Status == SearchedTrial.Stopped) ? 2 : 1)];
        double top = 40 + Legend.Draw(svg, legend, Margin, 32, Width - (2 * Margin));
        svg.Text(Width - Margin, 42, "ringed: chosen", "quiet small", Anchor.End);
        SearchImportance importance = FunctionalAnova.Of(search);
        for (int i = 0; i < search.Parameters.Count; i++)
        {
            var panel = new Panel(66 + (i % 2 * (PanelWidth + 76)), top + 26 + (i / 2 * RowHeight), PanelWidth, PanelHeight);
            Draw(svg, panel, SearchedOption.Of(search, search.Parameters[i], trials), trials, search);
            if (importance.Options.FirstOrDefault(option => option.Option == search.Parameters[i]) is { Share: var share } && double.IsFinite(share))
                svg.Text(panel.Right, panel.Top - 8, $"explains {Cell.Number(share, "0 %")}", "quiet small", Anchor.End);
        }

        return new Chart(
            string.Create(CultureInfo.InvariantCulture, $"search.{number}"), $"{search.Row}: what was tried",
            string.Create(CultureInfo.InvariantCulture, $"{search.Objective} of {trials.Length} trials against {string.Join(", ", search.Parameters)}."),
            Width, top + 26 + ((search.Parameters.Count + 1) / 2 * RowHeight) - 6, svg.ToString());
    }

    private static void Draw(Svg svg, Panel panel, SearchedOption option, SearchedTrial[] trials, SearchHistory search)
    {
        Scale y = panel.Y(trials.Select(trial => trial.Value!.Value));
        panel.DrawY(svg, y);
        string[] words = [.. option.Words.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        Func<int, double> place;
        if (!option.IsNumeric)
        {
            Func<int, double> named = panel.DrawNames(svg, words, option.Name);
            place = t => named(Array.IndexOf(words, option.Words[t]));
        }
        else
        {
            // What is no number has a place of its own on the right.
            double aside = words.Length * 60;
            var numbers = panel with { Width = panel.Width - aside };
            Scale x = numbers.X(option.Numbers.OfType<double>(), option.IsLog);
            numbers.DrawX(svg, x, option.Name);
            var others = new Panel(numbers.Right + 4, panel.Top, aside - 4, panel.Height);
            Func<int, double> named = words.Length == 0 ? _ => double.NaN : others.DrawNames(svg, words, "");
            place = t => option.Numbers[t] is { } value ? x.At(value) : named(Array.IndexOf(words, option.Words[t]));
        }

        foreach (int t in Enumerable.Range(0, trials.Length).OrderBy(t => trials[t].Number == search.Chosen))
        {
            bool stopped = trials[t].Status == SearchedTrial.Stopped;
            string tip = string.Create(CultureInfo.InvariantCulture, $"trial {trials[t].Number + 1}: {Cell.Number(trials[t].Value!.Value)}");
            string style = trials[t].Number == search.Chosen ? "chosen" : stopped ? "faint" : "";
            svg.Marker(place(t), y.At(trials[t].Value!.Value), stopped ? 1 : 0, tip, style, trials[t].Number == search.Chosen ? 5.5 : 3.5);
        }
    }
}
