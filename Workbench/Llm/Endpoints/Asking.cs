using System.Globalization;
using Trainers;

namespace Workbench.Llm.Endpoints;

/// <summary>Asks an endpoint until every question has its answer, or tells in one line what there is and how to go on.</summary>
/// <param name="name">who is asked, for messages</param>
/// <param name="what">what for, in the plural: <c>replies</c>, <c>embeddings</c></param>
/// <param name="options">of the endpoint</param>
/// <param name="waits">the clock of waits between attempts; null for the machine's</param>
internal sealed class Asking(string name, string what, EndpointOptions options, TimeProvider? waits)
{
    /// <summary>Blocks. The key is needed only if something is to be asked.</summary>
    /// <param name="calls">no question twice</param>
    /// <param name="nameOf">a question, for messages</param>
    /// <param name="say">told how it goes, now and then</param>
    /// <param name="cancellation">nothing new is asked then; what has been paid for is kept</param>
    /// <returns>with an answer to every question</returns>
    /// <exception cref="UserErrorException">A question has no answer: the endpoint refuses, or the budget is used up. What there is, is kept.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the message says what is kept.</exception>
    public CallResults Run(IReadOnlyList<ApiCall> calls, Func<QuestionKey, string> nameOf, Action<string> say, CancellationToken cancellation)
    {
        int questions = calls.Sum(call => call.Keys.Count);
        using AnswerCache cache = AnswerCache.Open(options.CachePath);
        bool complete = calls.All(call => call.Keys.All(key => cache.Find(key) is not null));
        var key = ApiKey.FromEnvironment(complete ? null : options.KeyVariable);
        using var endpoint = new OpenAiEndpoint(options.Address, key, options.Concurrency);
        var progress = new AskProgress(name, what, options.Prices, TimeProvider.System, say);
        var runner = new CallRunner(endpoint, cache, options, key, waits ?? TimeProvider.System, progress.Report);
        CallResults results;
        try
        {
            results = runner.RunAsync(calls, cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            int kept = calls.Sum(call => call.Keys.Count(one => cache.Find(one) is not null));
            throw new OperationCanceledException($"interrupted: {Kept(kept, questions)}", cancellation);
        }

        if (results.Answers.Count == questions)
            return results;
        string done = Kept(results.Answers.Count, questions);
        if (results.Stopped is { } why)
            throw new UserErrorException($"{name}: {why}; {done}");
        FailedQuestion first = results.Failed[0];
        throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {results.Failed.Count:N0} of {questions:N0} {what} could not be had, the first of them for {nameOf(first.Key)}: {first.Why}; {done}"));
    }

    private string Kept(int answers, int questions) => string.Create(CultureInfo.InvariantCulture,
        $"{answers:N0} of {questions:N0} {what} are kept in {options.CachePath}, the same command asks for the rest only");
}
