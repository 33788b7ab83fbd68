using Evaluation;
using Trainers;
using Workbench.Studies;

namespace Tests.Workbench.Studies;

public sealed class ArtifactFormatTests
{
    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    [Theory]
    [InlineData(0, 5, 10, false)]
    [InlineData(7, 5, 3, true)]
    [InlineData(40, 12, 30, true)]
    [InlineData(40, 12, 30, false)]
    public void Lists_come_back_to_the_bit(int queries, int depth, int items, bool ties)
    {
        var random = new Random(queries + depth);
        var lists = new Rankings(queries, depth, items, ties);
        for (int q = 0; q < queries; q++)
        {
            float[] scores = [.. Enumerable.Range(0, items).Select(_ => random.Next(4) == 0 ? float.NegativeInfinity : MathF.Round(random.NextSingle(), 1))];
            int[] ranks = ties ? [.. Enumerable.Range(0, items).Select(_ => random.Next(3))] : [];
            if (q % 3 == 2)
                lists.FillInOrder(q, [.. Enumerable.Range(0, random.Next(items)).Select(i => i % 4 == 3 ? Rankings.NoItem : i)]);
            else
                lists.Fill(q, scores, [], ranks);
        }

        Rankings back = RankingsFile.Read(Bytes(stream => RankingsFile.Write(stream, lists)));
        Assert.Equal((queries, depth, items), (back.QueryCount, back.Depth, back.ItemCount));
        Assert.Equal(lists.Items, back.Items);
        Assert.Equal(lists.Scores.Select(BitConverter.SingleToInt32Bits), back.Scores.Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(lists.TieRanks, back.TieRanks);
        Assert.Equal(lists.CutsTie, back.CutsTie);
    }

    [Fact]
    public void What_is_no_artifact_is_told_from_one()
    {
        var lists = new Rankings(3, 4, 5);
        lists.FillInOrder(1, [4, 2]);
        byte[] good = Bytes(stream => RankingsFile.Write(stream, lists));
        Assert.Throws<InvalidDataException>(() => RankingsFile.Read("no lists at all"u8.ToArray()));
        Assert.Throws<InvalidDataException>(() => RankingsFile.Read(good[..(good.Length / 2)]));
        byte[] embeddings = Bytes(stream => EmbeddingsFile.Write(stream, new ItemEmbeddings(2, 3, [1, 2, 3, 4, 5, 6])));
        Assert.Throws<InvalidDataException>(() => EmbeddingsFile.Read(embeddings[..^1]));
        Assert.Throws<InvalidDataException>(() => EmbeddingsFile.Read([1, 2]));
        Assert.Throws<InvalidDataException>(() => EmbeddingsFile.Read(good));
        ItemEmbeddings back = EmbeddingsFile.Read(embeddings);
        Assert.Equal((2, 3), (back.Count, back.Dimension));
        Assert.Equal([1f, 2, 3, 4, 5, 6], back.Values);
    }
}
