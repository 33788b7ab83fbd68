using Trainers;
using Trainers.Torch;

namespace Tests.Trainers.Torch;

/// <summary>Skips what needs the native library where it was not asked for: no package of ours brings it. Also the collection of its tests: libtorch has one number of threads.</summary>
internal static class Libtorch
{
    private static readonly Lazy<string?> Missing = new(() =>
    {
        try
        {
            TorchRuntime.Require(SasrecDevice.Cpu);
            return null;
        }
        catch (UserErrorException e)
        {
            return e.Message;
        }
    });

    public static void Require() => Assert.SkipWhen(Missing.Value is not null, Missing.Value ?? "");
}
