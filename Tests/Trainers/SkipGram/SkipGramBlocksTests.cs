using Trainers.SkipGram;

namespace Tests.Trainers.SkipGram;

public sealed class SkipGramBlocksTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(127, 5)]
    [InlineData(128, 5)]
    [InlineData(129, 5)]
    [InlineData(1000, 3)]
    [InlineData(300, 500)]
    public void A_window_loses_no_pair_at_a_cut(int length, int window)
    {
        var blocks = new SkipGramBlocks(window, 100, 5);
        var pairs = new HashSet<(int, int)>();
        int size = blocks.SizeOf(length);
        for (int block = 0; block < SkipGramBlocks.CountOf(length, size); block++)
        {
            var (inputs, contexts, shape) = blocks.Cut(length, size, block);
            for (int r = 0; r < shape.Inputs; r++)
            {
                (int first, int end) = shape.PairsOf(r);
                for (int c = first; c < end; c++)
                {
                    if (c != r + shape.Offset)
                        Assert.True(pairs.Add((inputs.Start.Value + r, contexts.Start.Value + c)));
                }
            }
        }

        Assert.All(pairs, pair => Assert.InRange(Math.Abs(pair.Item1 - pair.Item2), 1, window));
        Assert.Equal(Enumerable.Range(0, length).Sum(i => Math.Min(length - 1, i + window) - Math.Max(0, i - window)), pairs.Count);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(10, 90)]
    [InlineData(11, 90)]
    [InlineData(500, 1_000)]
    [InlineData(2314, 100_000)]
    public void Without_a_window_groups_keep_within_the_most_pairs(int length, int most)
    {
        var blocks = new SkipGramBlocks(null, most, 5);
        int size = blocks.SizeOf(length), inputs = 0;
        long pairs = 0;
        for (int block = 0; block < SkipGramBlocks.CountOf(length, size); block++)
        {
            var (range, contexts, shape) = blocks.Cut(length, size, block);
            Assert.Equal(range, contexts);
            Assert.Equal(inputs, range.Start.Value);
            inputs += shape.Inputs;
            pairs += (long)shape.Inputs * (shape.Inputs - 1);
        }

        Assert.Equal(length, inputs);
        Assert.InRange(pairs, 1, most < length ? length : most); // Groups have two items at least.
    }

    [Fact]
    public void Entries_suffice_for_what_subsampling_leaves()
    {
        foreach (SkipGramBlocks blocks in (SkipGramBlocks[])[new(null, 1_000, 5), new(null, 100_000, 5), new(3, 2, 5), new(70, 2, 5)])
        {
            for (int length = 2; length < 700; length += 3)
            {
                int size = blocks.SizeOf(length);
                for (int left = 2; left <= length; left++)
                {
                    long entries = 0;
                    for (int block = 0; block < SkipGramBlocks.CountOf(left, size); block++)
                    {
                        var (_, _, shape) = blocks.Cut(left, size, block);
                        entries += shape.InputRows + shape.OutputRows;
                    }

                    Assert.True(entries <= blocks.EntriesOf(length), $"{left} of {length}: {entries} > {blocks.EntriesOf(length)}");
                }
            }
        }
    }
}
