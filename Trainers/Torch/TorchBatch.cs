using TorchSharp;
using Trainers.Layers;
using Trainers.Losses;
using Trainers.SelfAttention;

namespace Trainers.Torch;

/// <summary>A batch's sequences side by side, filled up at the end, where causality hides the filling from all that counts; and the negatives, drawn as the managed engine draws them.</summary>
/// <remarks>Legend: B sequences, n the longest one's items, P positions with a target, K negatives. Indices are int64.</remarks>
internal sealed class TorchBatch
{
    private readonly ReadOnlyMemory<int>[] _histories;

    /// <param name="users">B</param>
    /// <param name="epoch">each has other negatives</param>
    /// <param name="data">their sequences</param>
    /// <param name="negatives">K, and whether each position has its own; null to draw none</param>
    /// <param name="context">draws them</param>
    /// <param name="seed">of the draws</param>
    /// <param name="device">where the tensors go</param>
    public TorchBatch(ReadOnlySpan<int> users, int epoch, TrainingSequences data, (int Count, bool ByPosition)? negatives, LossContext context, ulong seed, torch.Device device)
    {
        int longest = 0, total = 0;
        foreach (int user in users)
        {
            int length = data.SequenceOf(user).Inputs.Length;
            (longest, total) = (Math.Max(longest, length), total + length);
        }

        long[] inputs = new long[users.Length * longest], distances = new long[inputs.Length], targets = new long[total], positions = new long[total], sequences = new long[total];
        (int count, bool byPosition) = negatives ?? (0, false);
        int draws = byPosition ? total : users.Length;
        var drawn = new long[(long)draws * count];
        var none = new bool[draws];
        for (int b = 0, p = 0, draw = 0; b < users.Length; b++)
        {
            (ReadOnlyMemory<int> sequence, ReadOnlyMemory<int> next) = data.SequenceOf(users[b]);
            var random = context.Begin(new PackedSequence(0, sequence.Length, sequence.Length, users[b], PackedSequence.KeyFor(seed, epoch, users[b])));
            for (int i = 0; i < sequence.Length; i++, p++)
            {
                (inputs[b * longest + i], distances[b * longest + i]) = (sequence.Span[i], sequence.Length - 1 - i);
                (targets[p], positions[p], sequences[p]) = (next.Span[i], b * longest + i, b);
            }

            for (int end = byPosition ? p : b + 1; draw < end; draw++)
            {
                none[draw] = !context.Negatives.Any;
                for (int k = 0; k < count && !none[draw]; k++)
                    drawn[(long)draw * count + k] = context.Negatives.Draw(random);
            }
        }

        Inputs = torch.tensor(inputs, device: device).reshape(users.Length, longest);
        Distances = torch.tensor(distances, device: device);
        Targets = torch.tensor(targets, device: device);
        Positions = torch.tensor(positions, device: device);
        Sequences = torch.tensor(sequences, device: device);
        Negatives = torch.tensor(drawn, device: device).reshape(draws, count);
        WithoutNegatives = torch.tensor(none, device: device);
        InputRows = [.. inputs.Distinct().Order()];
        OutputRows = [.. targets.Concat(drawn).Distinct().Order()];
        _histories = [.. users.ToArray().Select(data.HistoryOf)];
    }

    /// <summary>B x n items; the filling is item 0.</summary>
    public torch.Tensor Inputs { get; }

    /// <summary>B n: how many places before the last item of its sequence.</summary>
    public torch.Tensor Distances { get; }

    /// <summary>P items</summary>
    public torch.Tensor Targets { get; }

    /// <summary>P: where they are among B n.</summary>
    public torch.Tensor Positions { get; }

    /// <summary>P: which sequence each is of.</summary>
    public torch.Tensor Sequences { get; }

    /// <summary>P x K if each position has its own, else B x K.</summary>
    public torch.Tensor Negatives { get; }

    /// <summary>P or B: true where the history has every item, so that what is drawn counts for nothing.</summary>
    public torch.Tensor WithoutNegatives { get; }

    /// <summary>B x I: true where the sequence's user has the item.</summary>
    public torch.Tensor Seen(long items)
    {
        var seen = new bool[_histories.Length * items];
        for (int b = 0; b < _histories.Length; b++)
        {
            foreach (int item in _histories[b].Span)
                seen[b * items + item] = true;
        }

        return torch.tensor(seen, device: Inputs.device).reshape(_histories.Length, items);
    }

    /// <summary>Rows of the item table that a history reads.</summary>
    public long[] InputRows { get; }

    /// <summary>Rows of the output table that are scored, unless all are.</summary>
    public long[] OutputRows { get; }
}
