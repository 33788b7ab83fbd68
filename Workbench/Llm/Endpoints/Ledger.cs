using System.Globalization;

namespace Workbench.Llm.Endpoints;

/// <summary>The most that a run may use; null for no limit.</summary>
internal sealed record Budget(double? Money, long? Tokens)
{
    public override string ToString() => string.Join(" and ", ((string?[])
    [
        Money is { } money ? string.Create(CultureInfo.InvariantCulture, $"`budget_money` of {money}") : null,
        Tokens is { } tokens ? string.Create(CultureInfo.InvariantCulture, $"`budget_tokens` of {tokens:N0}") : null,
    ]).OfType<string>());
}

/// <summary>
/// What a run has used and may still use. A call reserves the most that it can cost before it is made, so that calls under way
/// cannot exceed the budget together; what it did not use comes back when it is settled.
/// </summary>
internal sealed class Ledger(Budget budget, Prices prices)
{
    private readonly Lock _lock = new();
    private TokenCount _spent, _reserved;
    private int _open;
    private TaskCompletionSource _settled = New();

    public Prices Prices => prices;

    public Budget Budget => budget;

    /// <summary>What has been used; of attempts without an answer the most that they can have cost.</summary>
    public TokenCount Spent
    {
        get
        {
            lock (_lock)
                return _spent;
        }
    }

    /// <summary>Waits while calls under way may still give something back.</summary>
    /// <returns>false if the budget does not suffice, whatever comes back</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async ValueTask<bool> ReserveAsync(TokenCount atMost, CancellationToken cancellation)
    {
        while (true)
        {
            Task settled;
            lock (_lock)
            {
                if (Fits(_spent + _reserved + atMost))
                {
                    _reserved += atMost;
                    _open++;
                    return true;
                }

                if (_open == 0)
                    return false;
                settled = _settled.Task;
            }

            await settled.WaitAsync(cancellation);
        }
    }

    /// <summary>An attempt under a reservation may have been billed, and nobody knows how much: the most is counted, and reserved once more for the next attempt.</summary>
    /// <returns>false if the budget does not allow another attempt</returns>
    public bool Lose(TokenCount atMost)
    {
        lock (_lock)
        {
            _spent += atMost;
            return Fits(_spent + _reserved);
        }
    }

    /// <summary>Ends a reservation.</summary>
    public void Settle(TokenCount atMost, TokenCount used)
    {
        TaskCompletionSource settled;
        lock (_lock)
        {
            _reserved -= atMost;
            _spent += used;
            _open--;
            (settled, _settled) = (_settled, New());
        }

        settled.SetResult();
    }

    private bool Fits(TokenCount all) => !(all.Total > budget.Tokens) && !(prices.Of(all) > budget.Money);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
