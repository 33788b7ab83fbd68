using System.Globalization;
using System.Text;

namespace Benchmarks.Stores;

/// <summary>Seconds of a server's processor.</summary>
/// <param name="Trial">taken and finished</param>
/// <param name="Whole">the same as the program does it, with a small artifact</param>
/// <param name="Answer">to a worker, about a trial that another one has done</param>
/// <param name="Beat">of a worker</param>
/// <param name="Look">at a hundred trials that others are at</param>
internal sealed record ServerCosts(double Trial, double Whole, double Answer, double Beat, double Look);

/// <summary>A thousand workers on paper: what they ask of a server, from what each thing was measured to cost it.</summary>
/// <remarks>
/// Per second, with W workers of one trial at a time of T seconds: W/T trials; for each, an answer to every other worker that follows the same search, since what is proposed
/// next depends on it; W/5 beats; and a look each two seconds of those that wait for others' trials, at most all.
/// </remarks>
internal static class ThousandWorkers
{
    private const int Workers = 1000;
    private const double BetweenBeats = 5, BetweenLooks = 2;

    internal static void Tell(StringBuilder text, ServerCosts costs, long privateBytes, int connections, double measured)
    {
        double beats = Workers / BetweenBeats * costs.Beat, looks = Workers / BetweenLooks * costs.Look;
        text.Append(CultureInfo.InvariantCulture, $"\n## {Workers:N0} workers, on paper\n\n");
        text.Append(CultureInfo.InvariantCulture, $"From the server's processor time above: {costs.Whole * 1e6:N0} us for a whole trial with its artifact ({costs.Trial * 1e6:N0} us taken and finished alone), {costs.Answer * 1e6:N0} us for an answer, ");
        text.Append(CultureInfo.InvariantCulture, $"{costs.Beat * 1e6:N0} us for a beat, {costs.Look * 1e6:N0} us for a look at 100 trials. Beats of {Workers:N0} workers, one each {BetweenBeats:0} s: {beats:0.000} processors. ");
        text.Append(CultureInfo.InvariantCulture, $"If all waited at once, one look each {BetweenLooks:0} s: {looks:0.000} processors.\n\n");
        text.Append("| a trial takes | trials/s | whole trials, processors | answers to all others, processors | together with beats |\n|---|---|---|---|---|\n");
        foreach (double seconds in (double[])[1, 10, 60, 600])
        {
            double rate = Workers / seconds, trials = rate * costs.Whole, answers = rate * (Workers - 1) * costs.Answer;
            text.Append(CultureInfo.InvariantCulture, $"| {seconds:0} s | {rate:N1} | {trials:0.000} | {answers:0.00} | {trials + answers + beats:0.00} |\n");
        }

        double most = 1 / (costs.Whole + ((Workers - 1) * costs.Answer));
        text.Append(CultureInfo.InvariantCulture, $"\nThe first bottleneck is the number of connections: each worker has one for as long as it runs, and this server allows {connections}, ");
        text.Append(CultureInfo.InvariantCulture, $"so worker {connections - 2:N0} waits for two minutes and is refused, however idle the server is. `max_connections` raised to {Workers + 50:N0} costs a process each, of which at most {privateBytes / 1e6:0.0} MB were its own here ");
        text.Append(CultureInfo.InvariantCulture, $"({privateBytes * (double)Workers / 1e9:0.0} GB for all); a pooler in transaction mode (with `Max Auto Prepare=0`) does with a few. The next is answers: where all {Workers:N0} follow one search, each trial is told to all of them, ");
        text.Append(CultureInfo.InvariantCulture, $"and a processor of the server is busy at {most:N1} trials/s (trials of {Workers / most:N0} s); workers of different searches or rows do not ask. (One search lets only `search.parallel` trials, 8 if nothing else is said, run side by side, so one alone keeps no thousand busy.) ");
        text.Append(CultureInfo.InvariantCulture, $"Third come taking and finishing themselves: {measured:N0} trials/s were handed out here, two commits each, by processors that the workers shared with the server; at that rate {Workers:N0} workers are kept busy by trials of {Workers / measured:0.0} s.\n");
    }
}
