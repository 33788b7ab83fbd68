using Trainers.Sampling;

namespace Data.Synthetic;

/// <summary>What a generator of the synthetic data is for. The numbers are part of what a seed means.</summary>
internal enum SyntheticPart : uint
{
    Rater = 1,
    Shares = 2,
    Dialogue = 3,
    Seeker = 4,
    Reply = 5,
    Items = 6,
}

/// <summary>An independent generator for each person, dialogue and reply, so that no result depends on who was drawn first.</summary>
internal static class SyntheticStream
{
    internal static SplitMix64 Of(SyntheticOptions options, SyntheticPart part, int number = 0) =>
        SplitMix64.ForStream((ulong)options.Seed, ((ulong)part << 32) | (uint)number);
}
