using System.Runtime.InteropServices;

namespace Benchmarks;

/// <summary>What a result was measured on.</summary>
internal static class ThisMachine
{
    /// <summary>The processor's name; where the system does not tell, its architecture.</summary>
    internal static string Processor()
    {
        const string Description = "/proc/cpuinfo", Key = "model name";
        string? line = File.Exists(Description) ? File.ReadLines(Description).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
