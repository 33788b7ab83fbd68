using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Trainers;

namespace Tests.Trainers.Kernels;

/// <summary>The kernel tests again, in a process where wider registers are switched off; and one training, whose bits must not change.</summary>
public sealed partial class InstructionSetTests
{
    private const string Switch = "WORKBENCH_TEST_SWITCH";

    private const string Fingerprint = "WORKBENCH_TEST_FINGERPRINT";

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Kernels_work_without(string instructionSet)
    {
        Assert.Null(Environment.GetEnvironmentVariable(Switch)); // The child leaves this test out.
        string assembly = typeof(InstructionSetTests).Assembly.Location;
        string program = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["-namespace", "Tests.Trainers.Kernels", "-method-", "*.Kernels_work_without", "-noColor", "-parallel", "none"])
            start.ArgumentList.Add(argument);
        start.Environment[instructionSet] = "0";
        start.Environment[Switch] = instructionSet;
        start.Environment[Fingerprint] = FingerprintOfTraining();
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await error);
        Match total = TotalTests().Match(output);
        Assert.True(total.Success, output);
        Assert.True(int.Parse(total.Groups[1].ValueSpan, CultureInfo.InvariantCulture) > 50, output);
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
    public void A_training_gives_the_same_bits()
    {
        string here = FingerprintOfTraining();
        Assert.Equal(Environment.GetEnvironmentVariable(Fingerprint) ?? FingerprintOfTraining(), here);
    }

    private static string FingerprintOfTraining()
    {
        Interactions interactions = Planted.Interactions(users: 40, items: 30, seed: 1);
        var trainer = new MatrixFactorization(new MatrixFactorizationOptions { Dimension = 18, Iterations = 2 });
        return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(trainer.Train(interactions, new TrainingRun()).Values.AsSpan())));
    }

    [GeneratedRegex(@"Total: (\d+), Errors: 0, Failed: 0")]
    private static partial Regex TotalTests();
}
