using Trainers.Kernels;

namespace Trainers.Layers;

/// <summary>One sequence in a pack.</summary>
/// <param name="First">its first row</param>
/// <param name="Length">n, its items</param>
/// <param name="Rows">n rounded up to whole tiles: the rows beyond n come last, where causal attention hides them from all others</param>
/// <param name="User">whose it is</param>
/// <param name="Key">of its dropout</param>
internal readonly record struct PackedSequence(int First, int Length, int Rows, int User, ulong Key)
{
    /// <summary>The key of one place where this sequence meets dropout.</summary>
    public ulong KeyOf(int place) => Sampling.SplitMix64.Mix(Key + (ulong)place);

    /// <summary>The key of a user's sequence: another in every epoch.</summary>
    public static ulong KeyFor(ulong seed, int epoch, int user) => Sampling.SplitMix64.Mix(Sampling.SplitMix64.Mix(seed ^ ((ulong)epoch << 32)) + (ulong)user);
}

/// <summary>Some sequences one after another, each at its true length, so that padding costs at most 7 rows of each.</summary>
internal sealed class SequencePack
{
    /// <summary>Sequences are put together until they have so many rows, so that products of short ones are worth their while.</summary>
    public const int EnoughRows = 128;

    private readonly List<PackedSequence> _sequences = [];

    /// <param name="capacity">most rows</param>
    public SequencePack(int capacity) => (Inputs, Targets) = (new int[capacity], new int[capacity]);

    /// <summary>Item rows by row of the pack; -1 where there is none.</summary>
    public int[] Inputs { get; }

    /// <summary>What comes next; -1 where nothing is to be learnt.</summary>
    public int[] Targets { get; }

    public IReadOnlyList<PackedSequence> Sequences => _sequences;

    /// <summary>Rows in use, a multiple of 8.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows that any pack of sequences up to this length needs.</summary>
    public static int CapacityFor(int longest) => RowsOf(longest) + EnoughRows;

    public static int RowsOf(int length) => (length + Tile.Rows - 1) / Tile.Rows * Tile.Rows;

    public void Clear()
    {
        _sequences.Clear();
        Rows = 0;
    }

    /// <param name="inputs">n items</param>
    /// <param name="targets">n items, or none at all</param>
    /// <param name="user">whose</param>
    /// <param name="key">of its dropout</param>
    public void Add(ReadOnlySpan<int> inputs, ReadOnlySpan<int> targets, int user, ulong key)
    {
        int rows = RowsOf(inputs.Length);
        _sequences.Add(new PackedSequence(Rows, inputs.Length, rows, user, key));
        Inputs.AsSpan(Rows, rows).Fill(-1);
        Targets.AsSpan(Rows, rows).Fill(-1);
        inputs.CopyTo(Inputs.AsSpan(Rows));
        targets.CopyTo(Targets.AsSpan(Rows));
        Rows += rows;
    }
}
