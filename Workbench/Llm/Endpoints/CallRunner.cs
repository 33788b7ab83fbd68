using System.Collections.Concurrent;
using System.Globalization;

namespace Workbench.Llm.Endpoints;

/// <summary>A question without an answer, and why.</summary>
internal sealed record FailedQuestion(QuestionKey Key, string Why);

/// <summary>What a run of calls came to.</summary>
/// <param name="Answers">by question</param>
/// <param name="Failed">asked in vain</param>
/// <param name="Stopped">why it ended before all was asked; null if it did not</param>
/// <param name="Progress">counts</param>
/// <param name="Spent">tokens used in this run</param>
internal sealed record CallResults(
    IReadOnlyDictionary<QuestionKey, Answer> Answers, IReadOnlyList<FailedQuestion> Failed, string? Stopped, CallProgress Progress, TokenCount Spent);

/// <summary>
/// Makes calls, a bounded number at once: cache, claim, reservation, attempts, store. An answer is in the cache before anybody sees it.
/// When it is cancelled nothing new is asked, and what is under way, and so paid for, has a little time to arrive.
/// </summary>
internal sealed class CallRunner(OpenAiEndpoint endpoint, AnswerCache cache, EndpointOptions options, ApiKey key, TimeProvider waits, Action<CallProgress, TokenCount>? report)
{
    /// <summary>When so many calls in succession had no answer, the endpoint is down.</summary>
    private const int MostFailures = 5;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(0.2);

    private readonly Ledger _ledger = new(options.Budget, options.Prices);
    private readonly ConcurrentDictionary<QuestionKey, Answer> _answers = new();
    private readonly ConcurrentQueue<FailedQuestion> _failed = new();
    private readonly ConcurrentQueue<ApiCall> _elsewhere = new();
    private string? _stopped;

    /// <summary>Once per runner.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; what had been answered is in the cache.</exception>
    public async Task<CallResults> RunAsync(IReadOnlyList<ApiCall> calls, CancellationToken cancellation)
    {
        var tally = new CallTally(calls.Sum(call => call.Keys.Count), now => report?.Invoke(now, _ledger.Spent));
        var attempts = new CallAttempts(endpoint, options, new ResponseJudge(options, key, waits), _ledger, tally, waits);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var abort = new CancellationTokenSource();
        using CancellationTokenRegistration grace = cancellation.Register(() => abort.CancelAfter(Grace));
        var queue = new ConcurrentQueue<ApiCall>(calls);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(options.Concurrency, calls.Count)).Select(_ => Task.Run(() => WorkAsync(queue, attempts, tally, stop, abort), CancellationToken.None)));
        cancellation.ThrowIfCancellationRequested();
        return new CallResults(_answers, [.. _failed], _stopped, tally.Now, _ledger.Spent);
    }

    internal static string BudgetReached(Ledger ledger) => ledger.Prices.Of(ledger.Spent) is { } money
        ? string.Create(CultureInfo.InvariantCulture, $"the next call could exceed the {ledger.Budget}: {ledger.Spent.Total:N0} tokens are used, at a cost of {Prices.Text(money)}")
        : string.Create(CultureInfo.InvariantCulture, $"the next call could exceed the {ledger.Budget}: {ledger.Spent.Total:N0} tokens are used");

    private async Task WorkAsync(ConcurrentQueue<ApiCall> queue, CallAttempts attempts, CallTally tally, CancellationTokenSource stop, CancellationTokenSource abort)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (!queue.TryDequeue(out ApiCall? call))
                {
                    if (!_elsewhere.TryDequeue(out call))
                        return;
                    await Task.Delay(BetweenLooks, stop.Token);
                }

                Claim claim = cache.Take(call.Keys);
                foreach ((int position, Answer answer) in claim.Answers)
                    _answers[call.Keys[position]] = answer;
                if (claim.Answers.Count > 0)
                    tally.Cached(claim.Answers.Count);
                if (claim.Open.Count > 0)
                    await AskAsync(call.Only(claim.Open), attempts, tally, stop, abort);

                // What another program asks comes last: its answer will be in the cache then, or it has ended and the claim is ours.
                if (claim.Busy.Count > 0)
                    _elsewhere.Enqueue(call.Only(claim.Busy));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch
        {
            // The cache cannot be written: nothing more must be paid for.
            await stop.CancelAsync();
            throw;
        }
    }

    private async Task AskAsync(ApiCall call, CallAttempts attempts, CallTally tally, CancellationTokenSource stop, CancellationTokenSource abort)
    {
        TokenCount used = default;
        (bool reserved, bool stored) = (false, false);
        try
        {
            reserved = await _ledger.ReserveAsync(call.AtMost, stop.Token);
            Verdict verdict = reserved ? await attempts.MakeAsync(call, stop.Token, abort.Token) : new Verdict.Hopeless(BudgetReached(_ledger));
            switch (verdict)
            {
                case Verdict.Answered answered:
                    used = answered.Tokens;
                    cache.Store(endpoint.Address, call.Model, call.Keys, answered.Answers);
                    stored = true;
                    for (int i = 0; i < call.Keys.Count; i++)
                        _answers[call.Keys[i]] = answered.Answers[i];
                    tally.Answered(call.Keys.Count);
                    return;
                case Verdict.Hopeless hopeless:
                    await StopAsync(hopeless.What, stop);
                    break;
                case Verdict.Refused refused:
                    Fail(call, refused.What);
                    tally.Failure(call.Keys.Count);
                    break;
                case Verdict.Faulty fault:
                    Fail(call, fault.What);
                    if (tally.Failure(call.Keys.Count) >= MostFailures)
                        await StopAsync($"{endpoint.Address} does not answer: {fault.What}", stop);
                    break;
            }
        }
        finally
        {
            if (reserved)
                _ledger.Settle(call.AtMost, used);
            if (!stored)
                cache.Release(call.Keys);
        }
    }

    private void Fail(ApiCall call, string why)
    {
        foreach (QuestionKey question in call.Keys)
            _failed.Enqueue(new FailedQuestion(question, why));
    }

    /// <summary>What is under way still ends by itself.</summary>
    private async Task StopAsync(string why, CancellationTokenSource stop)
    {
        Interlocked.CompareExchange(ref _stopped, why, null);
        await stop.CancelAsync();
    }
}
