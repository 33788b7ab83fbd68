namespace Workbench.Studies.Postgres;

/// <summary>What a store on a server waits for.</summary>
/// <param name="Lease">a program that has not been heard of for so long has lost what it had taken</param>
/// <param name="BetweenBeats">a program is heard of so often</param>
/// <param name="Patience">a connection that breaks is made again for so long</param>
internal sealed record PostgresTimes(TimeSpan Lease, TimeSpan BetweenBeats, TimeSpan Patience)
{
    public static PostgresTimes Default { get; } = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2));
}
