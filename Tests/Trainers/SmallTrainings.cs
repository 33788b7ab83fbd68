using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Trainers;
using Trainers.Options;

namespace Tests.Trainers;

/// <summary>A short training of each trainer under each value of its choices, all in one table of numbers.</summary>
internal static class SmallTrainings
{
    private static readonly Interactions Data = Planted.Interactions(users: 40, items: 30, seed: 1);

    /// <summary>What one session of a test compares with another, possibly in another process.</summary>
    public static IReadOnlyDictionary<string, float[]> All(int threads = 1) => Cases().ToDictionary(item => item.Name, item => Result(item.Entry, item.Options, threads));

    /// <summary>Whose kernels promise the same bits on every instruction set.</summary>
    public static bool IsAlikeEverywhere(string name) => name.StartsWith("matrix-factorization", StringComparison.Ordinal) && !name.Contains("Bpr", StringComparison.Ordinal);

    public static void Write(string path, IReadOnlyDictionary<string, float[]> results) => File.WriteAllLines(
        path, results.Select(result => $"{result.Key}\t{Convert.ToHexString(MemoryMarshal.AsBytes(result.Value.AsSpan()))}"), Encoding.UTF8);

    public static IReadOnlyDictionary<string, float[]> Read(string path) => File.ReadLines(path).Select(line => line.Split('\t')).ToDictionary(
        fields => fields[0], fields => MemoryMarshal.Cast<byte, float>(Convert.FromHexString(fields[1])).ToArray());

    private static IEnumerable<(string Name, CatalogEntry<IItemEmbeddingTrainer> Entry, object Options)> Cases()
    {
        foreach (CatalogEntry<IItemEmbeddingTrainer> entry in TrainerCatalog.All.All)
        {
            OptionSpec[] specs = [.. OptionSpecs.Of(entry.OptionsType)];
            yield return (entry.Name, entry, Short(entry, specs));
            foreach (OptionSpec spec in specs.Where(spec => spec.ValueType.IsEnum && spec.Property.DeclaringType == entry.OptionsType))
            {
                foreach (object value in Enum.GetValues(spec.ValueType).Cast<object>().Where(value => !value.Equals(spec.Default)))
                    yield return Set(spec, value);
            }

            if (specs.FirstOrDefault(spec => spec.Name == "block_size") is { } blocks)
                yield return Set(blocks, 7);

            (string, CatalogEntry<IItemEmbeddingTrainer>, object) Set(OptionSpec spec, object value)
            {
                object options = Short(entry, specs);
                spec.Set(options, value);
                return (string.Create(CultureInfo.InvariantCulture, $"{entry.Name}, {spec.Name} {value}"), entry, options);
            }
        }
    }

    // Two passes, a dimension beside those of registers.
    private static object Short(CatalogEntry<IItemEmbeddingTrainer> entry, OptionSpec[] specs)
    {
        object options = Activator.CreateInstance(entry.OptionsType)!;
        foreach (OptionSpec spec in specs)
        {
            if (spec.Name is "epochs" or "iterations")
                spec.Set(options, 2);
            if (spec.Name is "dimension")
                spec.Set(options, 18);
        }

        return options;
    }

    private static float[] Result(CatalogEntry<IItemEmbeddingTrainer> entry, object options, int threads)
    {
        ItemEmbeddings embeddings = entry.Create(options).Train(Data, new TrainingRun(Threads: threads));
        var scores = new float[embeddings.Count];
        (embeddings as IHistoryScorer)?.Score([3, 17, 4, 9, 3], 0, scores);
        return [.. embeddings.Values, .. scores];
    }
}
