namespace Workbench.Llm.Embeddings;

/// <summary>Turns texts into vectors that are near each other where the texts mean alike.</summary>
public interface ITextEmbedder
{
    /// <summary>A vector per text, in their order, all of one length d; the same text gives the same vector. A blank text gives zeros.</summary>
    /// <param name="texts">n texts</param>
    /// <returns>n x d</returns>
    float[][] Embed(IReadOnlyList<string> texts);
}
