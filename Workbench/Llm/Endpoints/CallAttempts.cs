using Polly;
using Polly.Retry;
using Trainers.Sampling;

namespace Workbench.Llm.Endpoints;

/// <summary>A call with as many attempts as it may have, the waits between them by Polly: what the endpoint asks for, else exponential with jitter.</summary>
internal sealed class CallAttempts
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    private readonly OpenAiEndpoint _endpoint;
    private readonly EndpointOptions _options;
    private readonly ResponseJudge _judge;
    private readonly Ledger _ledger;
    private readonly CallTally _tally;
    private readonly ResiliencePipeline<Verdict> _pipeline;

    /// <param name="endpoint">asked</param>
    /// <param name="options">timeout and retries</param>
    /// <param name="judge">of responses</param>
    /// <param name="ledger">told of attempts that may have been billed in vain</param>
    /// <param name="tally">told of faults</param>
    /// <param name="waits">the clock of the waits between attempts; timeouts have the machine's own</param>
    public CallAttempts(OpenAiEndpoint endpoint, EndpointOptions options, ResponseJudge judge, Ledger ledger, CallTally tally, TimeProvider waits)
    {
        (_endpoint, _options, _judge, _ledger, _tally) = (endpoint, options, judge, ledger, tally);
        _pipeline = options.Retries == 0 ? ResiliencePipeline<Verdict>.Empty : Pipeline(options.Retries, waits);
    }

    /// <param name="call">its reservation is the caller's</param>
    /// <param name="cancellation">ends the waits between attempts and prevents further ones</param>
    /// <param name="abort">ends the attempt under way too</param>
    /// <returns>never a fault for which there is an attempt left</returns>
    public async Task<Verdict> MakeAsync(ApiCall call, CancellationToken cancellation, CancellationToken abort)
    {
        byte[] body = call.Body();
        return await _pipeline.ExecuteAsync(async _ => await AttemptAsync(call, body, abort), cancellation);
    }

    private async Task<Verdict> AttemptAsync(ApiCall call, byte[] body, CancellationToken abort)
    {
        Verdict verdict = await SendAsync(call, body, abort);
        if (verdict is Verdict.Faulty fault)
        {
            _tally.Fault(fault.What);
            if (fault.MayBeBilled && !_ledger.Lose(call.AtMost))
                return new Verdict.Hopeless($"{CallRunner.BudgetReached(_ledger)} (attempts without an answer count as the most that they can have cost)");
        }

        return verdict;
    }

    private async Task<Verdict> SendAsync(ApiCall call, byte[] body, CancellationToken abort)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(abort);
        limit.CancelAfter(_options.Timeout);
        try
        {
            return _judge.Judge(call, await _endpoint.SendAsync(call.Service, call.Model, body, limit.Token));
        }
        catch (OperationCanceledException) when (!abort.IsCancellationRequested)
        {
            return new Verdict.Faulty(FormattableString.Invariant($"no answer within {_options.Timeout.TotalSeconds} s"), MayBeBilled: true);
        }
        catch (HttpRequestException error)
        {
            // The connection may have broken while the answer was on its way.
            return new Verdict.Faulty($"the connection failed: {error.Message.TrimEnd('.')}", MayBeBilled: !IsNoConnection(error));
        }
    }

    private static bool IsNoConnection(HttpRequestException error) =>
        error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    private static ResiliencePipeline<Verdict> Pipeline(int retries, TimeProvider waits)
    {
        var jitter = new SplitMix64(1);
        var turn = new Lock();
        return new ResiliencePipelineBuilder<Verdict> { TimeProvider = waits }.AddRetry(new RetryStrategyOptions<Verdict>
        {
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result is Verdict.Faulty),
            MaxRetryAttempts = retries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstWait,
            MaxDelay = LongestBackoff,
            UseJitter = true,
            Randomizer = () =>
            {
                lock (turn)
                    return jitter.NextDouble();
            },
            DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Result as Verdict.Faulty)?.Wait),
        }).Build();
    }
}
