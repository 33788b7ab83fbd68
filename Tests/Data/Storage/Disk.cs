using Data;
using Data.Storage;

namespace Tests.Data.Storage;

/// <summary>Datasets in folders, and what people do to their files.</summary>
internal static class Disk
{
    public static LinkedDataset Write(LinkedDataset dataset, TemporaryFolder folder, bool compress = false, int threads = 2) =>
        DatasetWriter.Write(dataset, folder.Path, new DatasetWriteOptions(compress, threads), null, TestContext.Current.CancellationToken);

    public static DatasetReading Read(TemporaryFolder folder, bool skip = false, bool cache = true, bool verify = false, int threads = 2) =>
        DatasetReader.Read(folder.Path, new DatasetReadOptions(skip, cache, verify, threads), null, TestContext.Current.CancellationToken);

    /// <summary>Takes counts and fingerprint out of dataset.yaml, so that the content may change.</summary>
    public static void RemoveKeys(TemporaryFolder folder)
    {
        string path = folder["dataset.yaml"];
        string[] lines = [.. File.ReadAllLines(path).Where(line => !line.StartsWith("counts", StringComparison.Ordinal)
            && !line.StartsWith("fingerprint", StringComparison.Ordinal)
            && !(line.StartsWith("  ", StringComparison.Ordinal) && !line.StartsWith("  - ", StringComparison.Ordinal)))];
        File.WriteAllLines(path, lines);
    }
}
