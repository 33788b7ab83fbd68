using TorchSharp;

namespace Trainers.Torch;

/// <summary>The native library that TorchSharp calls, which no package of ours brings: it is the user's choice.</summary>
internal static class TorchRuntime
{
    /// <exception cref="UserErrorException">There is no libtorch, or no such device.</exception>
    public static void Require(SasrecDevice device)
    {
        bool usable;
        try
        {
            usable = torch.TryInitializeDeviceType(device == SasrecDevice.Cuda ? DeviceType.CUDA : DeviceType.CPU);
        }
        catch (Exception e) when (e is NotSupportedException or DllNotFoundException or EntryPointNotFoundException or TypeInitializationException)
        {
            throw new UserErrorException(
                "sasrec's `engine: torch` found no libtorch: build with -p:LibTorch=TorchSharp-cpu (for a GPU TorchSharp-cuda-linux or TorchSharp-cuda-windows), or use `engine: managed`", inner: e);
        }

        if (!usable)
            throw new UserErrorException("sasrec's `engine: torch` found no GPU that its libtorch can use: leave `device: cuda` out, or build with -p:LibTorch=TorchSharp-cuda-linux or TorchSharp-cuda-windows");
    }

    public static torch.Device Of(SasrecDevice device) => torch.device(device == SasrecDevice.Cuda ? DeviceType.CUDA : DeviceType.CPU);
}
