namespace Workbench.Stages;

/// <summary>What the machine lets this process have.</summary>
internal static class MachineMemory
{
    /// <summary>Bytes: three quarters of what the machine or the container has.</summary>
    internal static long Available => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;
}
