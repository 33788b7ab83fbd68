using Trainers;
using Trainers.Torch;

namespace Tests.Trainers.Torch;

/// <summary>Skips what needs the native library, or a GPU, where there is none: no package of ours brings it. Also the collection of its tests: libtorch has one number of threads.</summary>
internal static class Libtorch
{
    private static readonly Dictionary<SasrecDevice, Lazy<string?>> Missing = Enum.GetValues<SasrecDevice>().ToDictionary(device => device, device => new Lazy<string?>(() =>
    {
        try
        {
            TorchRuntime.Require(device);
            return null;
        }
        catch (UserErrorException e)
        {
            return e.Message;
        }
    }));

    public static void Require(SasrecDevice device = SasrecDevice.Cpu)
    {
        string? missing = Missing[device].Value;
        Assert.SkipWhen(missing is not null, missing ?? "");
    }
}
