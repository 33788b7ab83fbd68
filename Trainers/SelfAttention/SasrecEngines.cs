namespace Trainers.SelfAttention;

/// <summary>Makes the step of the engine that the options ask for.</summary>
internal static class SasrecEngines
{
    /// <summary>Refuses what this build or the options together do not have, before any work.</summary>
    /// <exception cref="UserErrorException">There is no such engine, or it cannot use the device.</exception>
    public static void Require(SasrecOptions options)
    {
        if (options is { Engine: SasrecEngine.Managed, Device: not SasrecDevice.Cpu })
            throw new UserErrorException("sasrec computes on `device: cuda` by `engine: torch` only: choose that engine, or leave `device` out");
        if (options.Engine == SasrecEngine.Managed)
            return;
#if MLNET_PACKAGES
        Torch.TorchRuntime.Require(options.Device);
#else
        throw new UserErrorException("sasrec has no `engine: torch` in this build, which lacks TorchSharp: build with -p:MLNet=packages from a feed that has it, or use `engine: managed`");
#endif
    }

    /// <param name="model">where training starts, and what it leaves behind</param>
    /// <param name="options">of the training</param>
    /// <param name="data">to learn from</param>
    /// <param name="run">seed, threads, cancellation</param>
    public static ISasrecStep NewStep(SasrecModel<float> model, SasrecOptions options, TrainingSequences data, TrainingRun run)
    {
        int threads = Math.Max(1, run.Threads);
#if MLNET_PACKAGES
        if (options.Engine == SasrecEngine.Torch)
            return new Torch.TorchStep<float>(model, options, data, run.Seed, threads, run.Cancellation);
#endif
        return new SasrecStep<float>(model, options, data, run.Seed, threads, run.Cancellation);
    }
}
