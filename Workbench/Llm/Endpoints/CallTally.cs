namespace Workbench.Llm.Endpoints;

/// <summary>Where the calls of a run stand.</summary>
/// <param name="Questions">in all, each counted once</param>
/// <param name="FromCache">answered before this run, or by another program meanwhile</param>
/// <param name="Asked">answered by the endpoint in this run</param>
/// <param name="Failed">without an answer</param>
/// <param name="Faults">attempts that failed and were made again, or not</param>
/// <param name="LastFault">in a few words; null if there was none</param>
internal sealed record CallProgress(int Questions, int FromCache, int Asked, int Failed, int Faults, string? LastFault)
{
    public int Done => FromCache + Asked + Failed;
}

/// <summary>Counts, by several threads.</summary>
internal sealed class CallTally(int questions, Action<CallProgress>? report)
{
    private readonly Lock _lock = new();
    private CallProgress _now = new(questions, 0, 0, 0, 0, null);
    private int _successiveFailures;

    public CallProgress Now
    {
        get
        {
            lock (_lock)
                return _now;
        }
    }

    public void Cached(int count) => Set(now => now with { FromCache = now.FromCache + count });

    public void Answered(int count)
    {
        lock (_lock)
            _successiveFailures = 0;
        Set(now => now with { Asked = now.Asked + count });
    }

    /// <returns>how many calls have failed since the last that did not</returns>
    public int Failure(int count)
    {
        Set(now => now with { Failed = now.Failed + count });
        lock (_lock)
            return ++_successiveFailures;
    }

    public void Fault(string what) => Set(now => now with { Faults = now.Faults + 1, LastFault = what });

    private void Set(Func<CallProgress, CallProgress> change)
    {
        lock (_lock)
        {
            _now = change(_now);
            report?.Invoke(_now);
        }
    }
}
