namespace Workbench.Studies.Postgres;

/// <summary>Beats for as long as it is there, on a thread of its own: a timer's would wait behind trainings that have all threads of the pool.</summary>
internal sealed class PostgresHeart : IDisposable
{
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    public PostgresHeart(TimeSpan between, Action beat)
    {
        _thread = new Thread(() =>
        {
            while (!_stop.Wait(between))
                beat();
        })
        {
            IsBackground = true, Name = "heartbeat",
        };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
    }
}
