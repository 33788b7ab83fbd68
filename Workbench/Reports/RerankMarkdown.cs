using System.Globalization;
using System.Text;

namespace Workbench.Reports;

/// <summary>rerank.md: what reranking did, for a person to read.</summary>
public static class RerankMarkdown
{
    public static string Write(RerankReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {report.Name}: reranking\n\n");
        if (report.Synthetic)
            text.Append("> **Synthetic data.** These figures show that the program works; they say nothing about real people.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Beside the language models' own lists, in the first {report.K} places. Lists of the first seed, each item once.\n\n");
        Lift(text, report);
        Changes(text, report);
        Funnels(text, report);
        Hits(text, report);
        Popularity(text, report);
        Examples(text, report);
        return text.ToString();
    }

    private static void Lift(StringBuilder text, RerankReport report)
    {
        RerankedRow[] rows = [.. report.Rows.Where(row => row.Comparisons.Count > 0)];
        if (rows.Length == 0)
            return;
        text.Append("## Lift over the model's own order\n\n");
        text.Append("Paired randomisation test that flips whole conversations; p after Holm's correction over all reranked rows. Significant (p < 0.05) in bold.\n\n");
        text.Append("| row | against | protocol | metric | difference | relative | p |\n|---|---|---|---|---:|---:|---:|\n");
        foreach (RerankedRow row in rows)
        {
            foreach (RowComparison comparison in row.Comparisons)
            {
                string difference = Cell.Signed(comparison.Difference);
                text.Append(CultureInfo.InvariantCulture, $"| {Cell.Escape(row.Row)} | {Cell.Escape(comparison.Against)} | {comparison.Protocol} | {comparison.Metric} ");
                text.Append(CultureInfo.InvariantCulture, $"| {(comparison.AdjustedP < 0.05 ? $"**{difference}**" : difference)} | {Cell.Percent(comparison.Relative)} | {Cell.P(comparison.AdjustedP)} |\n");
            }
        }

        text.Append('\n');
    }

    private static void Changes(StringBuilder text, RerankReport report)
    {
        text.Append("## What changed\n\n");
        text.Append(CultureInfo.InvariantCulture, $"RBO: rank-biased overlap with the model's list, extrapolated (Webber, Moffat and Zobel 2010), p = {Cell.Number(report.Persistence, "0.00")}: 1 the same order, 0 nothing in common. ");
        text.Append(CultureInfo.InvariantCulture, $"New: mean number of the first {report.K} that were not among the model's first {report.K}. Promoted and demoted: items with the number of lists that they entered or left.\n\n");
        text.Append("| row | RBO | new | promoted | demoted |\n|---|---:|---:|---|---|\n");
        foreach (RerankedRow row in report.Rows)
            text.Append(CultureInfo.InvariantCulture, $"| {Cell.Escape(row.Row)} | {Cell.Number(row.Overlap, "0.000")} | {Cell.Number(row.NewPlaces, "0.00")} | {Titles(row.Promoted)} | {Titles(row.Demoted)} |\n");
        text.Append('\n');
    }

    private static string Titles(IReadOnlyList<(string Title, int Times)> items) => items.Count == 0 ? "-"
        : string.Join("; ", items.Select(item => string.Create(CultureInfo.InvariantCulture, $"{Cell.Escape(item.Title)} {item.Times:+0;-0}")));

    private static void Funnels(StringBuilder text, RerankReport report)
    {
        text.Append("## Where targets are lost\n\n");
        text.Append("How many targets reach each stage. Named: the title stands in the reply (of fewer than six letters only if it was matched). ");
        text.Append("Listed: not mentioned before, and within the depth of lists: the ceiling of whatever only reorders the model's list. ");
        text.Append("In the catalogue at all: the ceiling of whatever ranks every item.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| model | targets | named | matched | in the catalogue | listed | in its first {report.K} | in the catalogue at all |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (TargetFunnel funnel in report.Funnels)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Cell.Escape(funnel.Model)} | {funnel.Targets} |");
            foreach (int count in (int[])[funnel.Named, funnel.Matched, funnel.InCatalogue, funnel.Listed, funnel.InTopK, funnel.Reachable])
                text.Append(CultureInfo.InvariantCulture, $" {count} ({Cell.Number(funnel.Targets == 0 ? double.NaN : count / (double)funnel.Targets, "0.0 %")}) |");
            text.Append('\n');
        }

        text.Append('\n');
    }

    private static void Hits(StringBuilder text, RerankReport report)
    {
        text.Append(CultureInfo.InvariantCulture, $"## Targets in the first {report.K}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Kept: among the model's first {report.K} too; lifted: further down in its list; found: not in its list. Lost: among the model's first {report.K} only.\n\n");
        text.Append("| row | targets | kept | lifted | found | lost |\n|---|---:|---:|---:|---:|---:|\n");
        foreach (RerankedRow row in report.Rows)
            text.Append(CultureInfo.InvariantCulture, $"| {Cell.Escape(row.Row)} | {row.Hits} | {row.KeptHits} | {row.LiftedHits} | {row.FoundHits} | {row.LostHits} |\n");
        text.Append('\n');
    }

    private static void Popularity(StringBuilder text, RerankReport report)
    {
        RerankedRow[] rows = [.. report.Rows.Where(row => row.Popularity is not null)];
        if (rows.Length == 0)
            return;
        text.Append("## Popularity of what is recommended\n\n");
        text.Append(CultureInfo.InvariantCulture, $"In the first {report.K} places; popularity counts mentions in the fit split. ARP: average recommendation popularity. Bands: share of the places.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| row | ARP | Gini | coverage |{string.Concat(rows[0].Popularity!.Shares.Select(share => $" {share.Band} |"))}\n");
        text.Append(CultureInfo.InvariantCulture, $"|---|---:|---:|---:|{string.Concat(rows[0].Popularity!.Shares.Select(_ => "---:|"))}\n");
        foreach (RerankedRow row in rows)
        {
            RecommendedPopularity popularity = row.Popularity!;
            text.Append(CultureInfo.InvariantCulture, $"| {Cell.Escape(row.Row)} | {Cell.Number(popularity.Average ?? double.NaN, "0.0")} | {Cell.Number(popularity.Gini)} | {Cell.Number(popularity.Coverage)} |");
            text.Append(CultureInfo.InvariantCulture, $"{string.Concat(popularity.Shares.Select(share => $" {Cell.Number(share.Share, "0.0 %")} |"))}\n");
        }

        text.Append('\n');
    }

    private static void Examples(StringBuilder text, RerankReport report)
    {
        if (report.Examples.Count == 0)
            return;
        text.Append("## Examples\n\n> These are conversations of the dataset: keep this file to yourself, its licence may not allow more.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Row: {Cell.Escape(report.Examples[0].Row)}. What was recommended then is in bold.\n");
        foreach (RerankExample example in report.Examples)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {Cell.Escape(example.Turn)}\n\n");
            foreach (string line in example.Context)
                text.Append(CultureInfo.InvariantCulture, $"> {Cell.Escape(line)}\n>\n");
            text.Append(CultureInfo.InvariantCulture, $"\nRecommended then: {string.Join("; ", example.Targets.Select(Cell.Escape))}\n\n| | before | after |\n|---:|---|---|\n");
            for (int i = 0; i < Math.Max(example.Before.Count, example.After.Count); i++)
                text.Append(CultureInfo.InvariantCulture, $"| {i + 1} | {Title(example, example.Before, i)} | {Title(example, example.After, i)} |\n");
        }
    }

    private static string Title(RerankExample example, IReadOnlyList<string> titles, int i)
    {
        if (i >= titles.Count)
            return "";
        string title = Cell.Escape(titles[i]);
        return example.Targets.Contains(titles[i]) ? $"**{title}**" : title;
    }
}
