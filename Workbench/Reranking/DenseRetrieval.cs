using System.Numerics.Tensors;
using Trainers;

namespace Workbench.Reranking;

/// <summary>
/// Ranks items by the similarity of their vectors to a conversation's: e = (1 - a) e_u + a e_intention (AlphaRec, section 4.3), e_u of the
/// items mentioned and e_intention of what was said, both at length 1. With a = 1 it is dense retrieval as with any text encoder.
/// </summary>
/// <remarks>Legend: Q queries, S padded vector. Where one of the two is unknown the other is all; where both are, the row's fallback ranks.</remarks>
/// <param name="behaviour">the items' vectors, and what a history's is</param>
/// <param name="intentions">Q x S</param>
/// <param name="share">a</param>
public sealed class DenseRetrieval(IVectorScorer behaviour, float[] intentions, double share) : IQueryScorer
{
    public int ItemCount => behaviour.ItemCount;

    public bool TryScore(Query query, Span<float> scores)
    {
        int stride = behaviour.Vectors.Stride;
        var (user, intention) = (new float[stride], intentions.AsSpan(query.Number * stride, stride).ToArray());
        behaviour.Embed(query.Mentioned, user);
        (bool hasUser, bool hasIntention) = (Unit(user), Unit(intention));
        double weight = !hasIntention ? 0 : !hasUser ? 1 : share;
        if ((!hasUser && !hasIntention) || (weight == 0 && !hasUser))
            return false;
        TensorPrimitives.Multiply(user, (float)(1 - weight), user);
        TensorPrimitives.MultiplyAdd(intention, (float)weight, user, user);
        behaviour.Vectors.Score(user, 1, scores);
        return true;
    }

    private static bool Unit(Span<float> vector)
    {
        float norm = TensorPrimitives.Norm<float>(vector);
        if (!(norm > 0))
            return false;
        TensorPrimitives.Divide(vector, norm, vector);
        return true;
    }
}
