using System.Globalization;
using Workbench.Reports.Charts;

namespace Benchmarks.Sweeps;

/// <summary>The best value over time of several ways to search: the median of the repetitions, and thin the least and the greatest.</summary>
internal static class RaceChart
{
    private const double Width = 680, Left = 66, Top = 74, Height = 260;

    /// <param name="curves">by way, by repetition: seconds and the best value by then</param>
    /// <param name="seconds">where the chart ends</param>
    /// <returns>an SVG file</returns>
    internal static string Of(IReadOnlyDictionary<string, List<List<(double At, double Best)>>> curves, int seconds)
    {
        string[] names = [.. curves.Keys];
        double[] moments = [.. Enumerable.Range(1, 240).Select(i => seconds * i / 240.0)];
        var svg = new Svg();
        svg.Text(14, 20, "Best validation NDCG@10 over time", "title");
        Legend.Draw(svg, names, 14, 30, Width - 28, lines: true);
        var panel = new Panel(Left, Top, Width - Left - 30, Height);
        (double At, double Low, double Middle, double High)[][] bands = [.. names.Select(name => moments.Select(at => Band(curves[name], at)).ToArray())];
        Scale x = panel.X([0, seconds], fromZero: true), y = panel.Y(bands.SelectMany(band => band).SelectMany(point => (double[])[point.Low, point.High]).Where(value => value > 0));
        panel.DrawY(svg, y);
        panel.DrawX(svg, x, "seconds");
        for (int i = 0; i < names.Length; i++)
        {
            svg.Path(Points(bands[i], point => point.Middle), ChartStyle.LineOf(i));
            svg.Path(Points(bands[i], point => point.Low), $"{ChartStyle.LineOf(i)} thin");
            svg.Path(Points(bands[i], point => point.High), $"{ChartStyle.LineOf(i)} thin");
        }

        return new Chart(
            "race", "Best value over time",
            string.Create(CultureInfo.InvariantCulture, $"The best validation NDCG@10 over {seconds} seconds of {string.Join(", ", names)}: median, least and greatest of the repetitions."),
            Width, Top + Height + 42, svg.ToString()).ToFile();

        IEnumerable<(double X, double Y)> Points((double At, double Low, double Middle, double High)[] band, Func<(double At, double Low, double Middle, double High), double> of) =>
            band.Where(point => of(point) > 0).Select(point => (x.At(point.At), y.At(of(point))));
    }

    private static (double At, double Low, double Middle, double High) Band(List<List<(double At, double Best)>> runs, double at)
    {
        double[] values = [.. runs.Select(run => SamplerRace.At(run, at)).Order()];
        return (at, values[0], values[values.Length / 2], values[^1]);
    }
}
