using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Trainers.Kernels;

namespace Workbench.Stages;

/// <summary>Versions and the machine, for reports and <c>doctor</c>.</summary>
public static class Circumstances
{
    /// <summary>Of the program, the runtime and ML.NET, by name.</summary>
    public static IReadOnlyDictionary<string, string> Versions() => new Dictionary<string, string>
    {
        ["workbench"] = VersionOf(typeof(Circumstances).Assembly),
        [".NET"] = Environment.Version.ToString(),
        ["ML.NET"] = MlNet(),
    };

    /// <summary>The genuine packages with their version, or our bundled implementation of their public API.</summary>
    public static string MlNet()
    {
        Assembly assembly = typeof(MLContext).Assembly;
        return assembly.GetName().Name == "Workbench.MLNet"
            ? "bundled implementation of the public API of Microsoft.ML 5.0.0"
            : $"Microsoft.ML {VersionOf(assembly)}";
    }

    /// <summary>Architecture, cores, instruction sets and memory.</summary>
    public static string Machine() => string.Create(CultureInfo.InvariantCulture,
        $"{RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} cores, {InstructionSet.Name}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0.0} GB");

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";
}
