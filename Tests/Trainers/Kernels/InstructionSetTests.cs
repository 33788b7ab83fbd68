using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using Tests.Data;

namespace Tests.Trainers.Kernels;

/// <summary>
/// The kernel tests again, in a process where wider registers are switched off; and short trainings of every trainer: on one instruction set they give the same
/// bytes, in every process and on any number of threads; across instruction sets the same numbers to a tolerance, and where kernels promise it the same bytes.
/// </summary>
public sealed partial class InstructionSetTests
{
    private const string Switch = "WORKBENCH_TEST_SWITCH";

    private const string Results = "WORKBENCH_TEST_RESULTS";

    /// <summary>Of the greatest number of a result, after two passes.</summary>
    private const double Tolerance = 1e-3;

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Kernels_work_without(string instructionSet) =>
        Assert.True(await RunChild(instructionSet, "-namespace", "Tests.Trainers.Kernels", "-namespace", "Tests.Evaluation.Ranking*", "-method-", "*.Kernels_work_without", "-method-", "*.Another_process_*") > 50);

    [Fact]
    public async Task Another_process_gives_the_same_bytes() => Assert.Equal(1, await RunChild("", "-method", "*.Trainings_give_the_same_bytes_or_numbers"));

    private static async Task<int> RunChild(string instructionSet, params string[] arguments)
    {
        Assert.Null(Environment.GetEnvironmentVariable(Switch)); // The child leaves these tests out.
        using var folder = new TemporaryFolder();
        string results = folder["results"];
        SmallTrainings.Write(results, SmallTrainings.All());
        string assembly = typeof(InstructionSetTests).Assembly.Location;
        string program = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[.. arguments, "-noColor", "-parallel", "none"])
            start.ArgumentList.Add(argument);
        if (instructionSet.Length > 0)
            start.Environment[instructionSet] = "0";
        start.Environment[Switch] = instructionSet.Length > 0 ? instructionSet : "none";
        start.Environment[Results] = results;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await error);
        Match total = TotalTests().Match(output);
        Assert.True(total.Success, output);
        return int.Parse(total.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void The_switch_took_effect()
    {
        string? off = Environment.GetEnvironmentVariable(Switch);
        if (off is "DOTNET_EnableAVX512")
            Assert.False(Vector512.IsHardwareAccelerated);
        else if (off is "DOTNET_EnableAVX2" && RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64)
            Assert.False(Vector256.IsHardwareAccelerated);
        else if (off is "DOTNET_EnableHWIntrinsic")
            Assert.False(Vector128.IsHardwareAccelerated);
        else
            Assert.True(Vector128.IsHardwareAccelerated || off is not null);
    }

    [Fact]
    public void Trainings_give_the_same_bytes_or_numbers()
    {
        IReadOnlyDictionary<string, float[]> here = SmallTrainings.All(), onThree = SmallTrainings.All(threads: 3);
        string? path = Environment.GetEnvironmentVariable(Results);
        IReadOnlyDictionary<string, float[]> expected = path is null ? here : SmallTrainings.Read(path);
        bool sameInstructions = path is null || Environment.GetEnvironmentVariable(Switch) is "none";
        Assert.Equal(expected.Keys, here.Keys);
        foreach ((string name, float[] values) in here)
        {
            Some.SameBits(values, onThree[name]);
            if (sameInstructions || SmallTrainings.IsAlikeEverywhere(name))
                Some.SameBits(expected[name], values);
            float size = expected[name].Max(Math.Abs), distance = expected[name].Zip(values, (x, y) => Math.Abs(x - y)).Max();
            Assert.True(size > 0 && distance <= Tolerance * size, $"{name}: {distance} of {size}");
        }
    }

    [GeneratedRegex(@"Total: (\d+), Errors: 0, Failed: 0")]
    private static partial Regex TotalTests();
}
