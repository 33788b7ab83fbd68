using Trainers;

namespace Tests.Workbench.Reranking;

/// <summary>Item embeddings for rerankers, and what they give.</summary>
internal static class Vectors
{
    /// <summary>I x D standard normals; items of <paramref name="unknown"/> have zeros.</summary>
    public static ItemEmbeddings Random(int items, int dimension, int seed, params int[] unknown)
    {
        var random = new Random(seed);
        var values = new float[items * dimension];
        for (int i = 0; i < values.Length; i++)
            values[i] = unknown.Contains(i / dimension) ? 0 : (float)((random.NextDouble() * 2) - 1);
        return new ItemEmbeddings(items, dimension, values);
    }

    public static ItemEmbeddings Of(params float[][] rows) => new(rows.Length, rows[0].Length, [.. rows.SelectMany(row => row)]);
}
