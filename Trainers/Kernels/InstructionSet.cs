using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Trainers.Kernels;

/// <summary>What the kernels run on: figures are equal to the bit only on equal instruction sets.</summary>
public static class InstructionSet
{
    /// <summary>For reports.</summary>
    public static string Name =>
        Vector512.IsHardwareAccelerated ? "AVX-512"
        : Avx2.IsSupported ? "AVX2"
        : AdvSimd.IsSupported ? "AdvSIMD"
        : Vector128.IsHardwareAccelerated ? "128-bit vectors"
        : "no vector instructions";
}
