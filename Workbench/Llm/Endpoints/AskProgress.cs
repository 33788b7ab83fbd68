using System.Globalization;

namespace Workbench.Llm.Endpoints;

/// <summary>A line every few seconds while answers come: done, rate, tokens, cost, time left.</summary>
/// <param name="model">who is asked</param>
/// <param name="answers">what for, in the plural: <c>replies</c>, <c>embeddings</c></param>
/// <param name="prices">for the cost</param>
/// <param name="clock">of the rate</param>
/// <param name="say">gets the lines</param>
internal sealed class AskProgress(string model, string answers, Prices prices, TimeProvider clock, Action<string> say)
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly long _began = clock.GetTimestamp();
    private long _told = clock.GetTimestamp();

    /// <summary>By several threads.</summary>
    public void Report(CallProgress now, TokenCount spent)
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_told) < Apart)
                return;
            _told = clock.GetTimestamp();
        }

        say(Line(now, spent, clock.GetElapsedTime(_began)));
    }

    internal string Line(CallProgress now, TokenCount spent, TimeSpan elapsed)
    {
        var parts = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{model}: {now.Done:N0} of {now.Questions:N0} {answers}") };
        if (now.FromCache > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{now.FromCache:N0} from the cache"));
        double rate = now.Asked / Math.Max(elapsed.TotalSeconds, 1e-9);
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rate:0.0}/s"));
        parts.Add(Tokens(spent, prices));
        if (now.LastFault is { } fault)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{now.Faults:N0} faults, the last: {fault}"));
        if (now.Asked > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromSeconds(Math.Ceiling((now.Questions - now.Done) / rate)):hh\\:mm\\:ss} left"));
        return string.Join(", ", parts);
    }

    /// <summary>What a run did.</summary>
    internal static string Summary(CallResults results, Prices prices) => string.Create(CultureInfo.InvariantCulture,
        $"{results.Progress.FromCache:N0} from the cache, {results.Progress.Asked:N0} asked for, {results.Progress.Faults:N0} faulty attempts, {Tokens(results.Spent, prices)}");

    private static string Tokens(TokenCount spent, Prices prices) => prices.Of(spent) is { } money
        ? string.Create(CultureInfo.InvariantCulture, $"{spent.Total:N0} tokens, cost {Prices.Text(money)}")
        : string.Create(CultureInfo.InvariantCulture, $"{spent.Total:N0} tokens");
}
