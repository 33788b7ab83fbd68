namespace Trainers.Pooling;

/// <summary>How two vectors are compared.</summary>
public enum Similarity
{
    /// <summary>Their inner product.</summary>
    Dot,

    /// <summary>The inner product of both at length 1; 0 if one is zero.</summary>
    Cosine,
}
