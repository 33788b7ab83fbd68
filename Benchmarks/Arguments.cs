namespace Benchmarks;

/// <summary>What a program was given after its name.</summary>
internal sealed class Arguments(string[] args)
{
    /// <summary>What stands after a name such as <c>--out</c>; null if that was not given.</summary>
    internal string? this[string name] => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
