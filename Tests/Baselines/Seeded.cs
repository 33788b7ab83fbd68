using FsCheck;
using FsCheck.Fluent;

namespace Tests.Baselines;

/// <summary>A property that holds for a hundred seeds, the same hundred in each run.</summary>
internal static class Seeded
{
    public static void Holds(Action<int> property) =>
        Check.One(
            Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithReplay(20_260_101, 1),
            Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), property));
}
