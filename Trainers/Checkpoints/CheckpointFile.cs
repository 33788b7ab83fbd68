using System.Globalization;
using System.Security.Cryptography;
using Trainers.Storage;

namespace Trainers.Checkpoints;

/// <summary>A training's state as a safetensors file: a vector for each name that the training shows, and, as the last 32 bytes, the SHA-256 of all bytes before.</summary>
/// <remarks>The metadata holds the format's version, the epoch and the training's identity. A file is used only if its checksum is right, so that no torn or damaged one is ever taken for a state.</remarks>
internal static class CheckpointFile
{
    private const string FormatKey = "format", EpochKey = "epoch", ChecksumName = "checksum";

    // To be raised when an epoch of any method comes to something else than before.
    private const string Format = "workbench-checkpoint 1";

    public static void Write(string path, TrainingIdentity identity, IEpochTraining training, int epoch)
    {
        var shapes = new StateShapes();
        training.Visit(shapes);
        KeyValuePair<string, string>[] metadata =
            [new(FormatKey, Format), new(EpochKey, epoch.ToString(CultureInfo.InvariantCulture)), .. identity.Describe()];
        var checksum = new SafetensorsTensor(ChecksumName, "U8", [SHA256.HashSizeInBytes], shapes.End, shapes.End + SHA256.HashSizeInBytes);
        AtomicFile.Rewrite(path, stream =>
        {
            using var hash = SHA256.Create();
            using (var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
            {
                new SafetensorsHeader(metadata.ToDictionary(), [.. shapes.Tensors, checksum]).Write(hashed);
                training.Visit(new StateWriter(hashed));
            }

            stream.Write(hash.Hash!);
        });
    }

    /// <summary>Brings the state back.</summary>
    /// <returns>the epoch after which it was written</returns>
    /// <exception cref="UserErrorException">The file cannot be read, is damaged, or of another training. If it is thrown, the state is undefined.</exception>
    public static int Read(string path, TrainingIdentity identity, IEpochTraining training)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            RequireChecksum(path, stream);
            stream.Position = 0;
            SafetensorsHeader header = SafetensorsHeader.Read(stream);
            string format = header.Metadata.GetValueOrDefault(FormatKey) ?? "unknown";
            if (format != Format)
                throw new UserErrorException($"is of the format `{format}`, this program reads `{Format}`: delete it to begin anew", path);
            if (identity.DifferenceTo(header.Metadata) is { } difference)
                throw new UserErrorException($"is a checkpoint of {difference}: ask for the same, name another file, or delete it to begin anew", path);
            var reader = new StateReader(stream, header.Tensors.Where(tensor => tensor.Name != ChecksumName));
            training.Visit(reader);
            reader.RequireAllRead();
            return int.Parse(header.Metadata[EpochKey], NumberStyles.None, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or OverflowException)
        {
            throw Damaged(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"cannot be read ({e.Message.ReplaceLineEndings(" ")})", path, inner: e);
        }
    }

    private static void RequireChecksum(string path, FileStream stream)
    {
        long hashed = stream.Length - SHA256.HashSizeInBytes;
        if (hashed <= 0)
            throw Damaged(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (long left = hashed; left > 0;)
        {
            int count = (int)Math.Min(left, buffer.Length);
            stream.ReadExactly(buffer, 0, count);
            hash.AppendData(buffer, 0, count);
            left -= count;
        }

        Span<byte> kept = stackalloc byte[SHA256.HashSizeInBytes];
        stream.ReadExactly(kept);
        if (!kept.SequenceEqual(hash.GetHashAndReset()))
            throw Damaged(path);
    }

    private static UserErrorException Damaged(string path, Exception? inner = null) =>
        new("is no checkpoint, or is damaged: name another file, or delete it to begin anew", path, inner: inner);
}
