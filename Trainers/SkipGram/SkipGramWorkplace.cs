using Trainers.Kernels;
using Trainers.Sampling;

namespace Trainers.SkipGram;

/// <summary>What one thread needs to compute the gradients of a user's pairs.</summary>
/// <remarks>Legend: I items, S padded row. Rows 0 .. I - 1 of the model are input vectors, I .. 2 I - 1 output vectors.</remarks>
internal sealed class SkipGramWorkplace(int stride, int longest, SkipGramBlocks blocks)
{
    private readonly int[] _items = new int[longest];
    private AlignedFloats _inputs = new(0);
    private AlignedFloats _outputs = new(0);
    private AlignedFloats _scratch = new(0);

    /// <summary>Writes entries of one user to <paramref name="gradients"/>.</summary>
    /// <param name="history">item rows</param>
    /// <param name="keep">I: probability to stay in this epoch; null: all stay</param>
    /// <param name="negatives">the distribution of negatives, over items</param>
    /// <param name="random">of this user in this epoch</param>
    /// <param name="model">2 I x S</param>
    /// <param name="gradients">receives the entries</param>
    /// <param name="firstEntry">where this user's entries begin</param>
    /// <param name="loss">of the pairs</param>
    /// <returns>how many entries were written, and how many pairs that is</returns>
    public (int Entries, long Pairs) Run(
        ReadOnlySpan<int> history, float[]? keep, AliasTable negatives, SplitMix64 random, AlignedFloats model, RowGradients gradients, int firstEntry, out double loss)
    {
        loss = 0;
        Span<int> items = Keep(history, keep, random);
        if (items.Length < 2)
            return (0, 0);
        int size = blocks.SizeOf(history.Length), count = SkipGramBlocks.CountOf(items.Length, size);
        if (blocks.Window is null && count > 1)
            random.Shuffle(items);
        int itemCount = model.Length / stride / 2, entry = firstEntry;
        long pairs = 0;
        for (int block = 0; block < count; block++)
        {
            (Range inputs, Range contexts, SkipGramShape shape) = blocks.Cut(items.Length, size, block);
            (int inputRows, int outputRows) = (shape.InputRows, shape.OutputRows);
            Span<int> inputOwners = gradients.Owners.AsSpan(entry, inputRows), outputOwners = gradients.Owners.AsSpan(entry + inputRows, outputRows);
            inputOwners.Fill(-1);
            outputOwners.Fill(-1);
            items[inputs].CopyTo(inputOwners);
            for (int j = 0; j < SkipGramBlocks.Negatives; j++)
                outputOwners[j] = itemCount + negatives.Draw(random);
            int output = SkipGramBlocks.Negatives;
            foreach (int item in items[contexts])
                outputOwners[output++] = itemCount + item;

            Span<float> dx = gradients.Values.Span.Slice(entry * stride, inputRows * stride), dy = gradients.Values.Span.Slice((entry + inputRows) * stride, outputRows * stride);
            dx.Clear();
            dy.Clear();
            loss += SkipGramGradient.Add(shape, Gather(model, inputOwners, ref _inputs), Gather(model, outputOwners, ref _outputs), stride, dx, dy, Scratch(shape));
            for (int r = 0; r < shape.Inputs; r++)
            {
                (int low, int high) = shape.PairsOf(r);
                pairs += high - low - 1;
            }

            entry += inputRows + outputRows;
        }

        return (entry - firstEntry, pairs);
    }

    private Span<int> Keep(ReadOnlySpan<int> history, float[]? keep, SplitMix64 random)
    {
        int count = 0;
        foreach (int item in history)
        {
            if (keep is null || keep[item] >= 1 || random.NextDouble() < keep[item])
                _items[count++] = item;
        }

        return _items.AsSpan(0, count);
    }

    private Span<float> Gather(AlignedFloats model, ReadOnlySpan<int> rows, ref AlignedFloats target)
    {
        if (target.Length < rows.Length * stride)
            target = new AlignedFloats(2L * rows.Length * stride);
        Span<float> gathered = target.Span[..(rows.Length * stride)];
        ReadOnlySpan<float> vectors = model.Span;
        for (int i = 0; i < rows.Length; i++)
        {
            Span<float> row = gathered.Slice(i * stride, stride);
            if (rows[i] < 0)
                row.Clear();
            else
                vectors.Slice(rows[i] * stride, stride).CopyTo(row);
        }

        return gathered;
    }

    private Span<float> Scratch(SkipGramShape shape)
    {
        int length = SkipGramGradient.ScratchLength(shape, stride);
        if (_scratch.Length < length)
            _scratch = new AlignedFloats(2L * length);
        return _scratch.Span;
    }
}
