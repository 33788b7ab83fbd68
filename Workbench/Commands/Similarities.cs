using System.Numerics.Tensors;
using Trainers;

namespace Workbench.Commands;

/// <summary>How similar all items are to one.</summary>
internal static class Similarities
{
    /// <param name="embeddings">I x D</param>
    /// <param name="row">the one</param>
    /// <param name="cosine">or else the inner product</param>
    /// <returns>I similarities; 0 where a vector is zero</returns>
    internal static float[] Of(ItemEmbeddings embeddings, int row, bool cosine)
    {
        var similarities = new float[embeddings.Count];
        ReadOnlySpan<float> one = embeddings[row];
        float norm = TensorPrimitives.Norm(one);
        for (int item = 0; item < similarities.Length; item++)
        {
            float product = TensorPrimitives.Dot(one, embeddings[item]), scale = cosine ? norm * TensorPrimitives.Norm(embeddings[item]) : 1;
            similarities[item] = scale == 0 ? 0 : product / scale;
        }

        return similarities;
    }
}
