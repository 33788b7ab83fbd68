namespace Trainers.Storage;

/// <summary>Embeddings in and out, in the format that the file's name asks for.</summary>
public static class EmbeddingFiles
{
    /// <exception cref="UserErrorException">The extension is not .safetensors, .npy, .vec or .tsv, or the file cannot be written.</exception>
    public static void Write(string path, EmbeddingTable table)
    {
        switch (Path.GetExtension(path))
        {
            case ".safetensors":
                SafetensorsFile.Write(path, table);
                break;
            case ".npy":
                NpyFile.Write(path, table);
                break;
            case ".vec":
                Word2VecTextFile.Write(path, table);
                break;
            case ".tsv":
                ProjectorFiles.Write(path, table);
                break;
            default:
                throw Unknown(path);
        }
    }

    /// <exception cref="UserErrorException">The extension is not .safetensors, .npy or .vec, or the file cannot be read.</exception>
    public static EmbeddingTable Read(string path) => Path.GetExtension(path) switch
    {
        ".safetensors" => SafetensorsFile.Read(path),
        ".npy" => NpyFile.Read(path),
        ".vec" => Word2VecTextFile.Read(path),
        _ => throw new UserErrorException("embeddings are read from files ending in .safetensors, .npy or .vec (word2vec's text)", path),
    };

    /// <summary>To be asked before a long training, not after.</summary>
    /// <exception cref="UserErrorException">The extension is not one that can be written.</exception>
    public static void RequireKnown(string path)
    {
        if (Path.GetExtension(path) is not (".safetensors" or ".npy" or ".vec" or ".tsv"))
            throw Unknown(path);
    }

    private static UserErrorException Unknown(string path) =>
        new("embeddings are kept in files ending in .safetensors, .npy, .vec (word2vec's text) or .tsv (TensorBoard's projector)", path);
}
