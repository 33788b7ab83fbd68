using System.Globalization;
using Trainers.Storage;

namespace Trainers.SelfAttention;

/// <summary>A trained SASRec as a safetensors file: every parameter of <see cref="SasrecParameters{T}"/>, F32, and what the shapes do not say as metadata.</summary>
internal static class SasrecFile
{
    private const string FormatKey = "format", Format = "sasrec 1", HeadsKey = "heads", ItemsKey = "items", CountKey = "item_count", EpochKey = "best_epoch", NdcgKey = "validation_ndcg";

    /// <summary>What is in a file, apart from the parameters.</summary>
    /// <param name="Names">by row, the items' numbers, rising</param>
    /// <param name="ItemCount">of all items, also those without a row</param>
    /// <param name="BestEpoch">whose parameters they are</param>
    /// <param name="ValidationNdcg">after it</param>
    internal sealed record Circumstances(int[] Names, int ItemCount, int BestEpoch, double ValidationNdcg);

    public static void Write(string path, SasrecModel<float> model, Circumstances about) => TensorFile.Write(
        path,
        new Dictionary<string, string>
        {
            [FormatKey] = Format,
            [HeadsKey] = Text(model.Encoder.Heads),
            [CountKey] = Text(about.ItemCount),
            [EpochKey] = Text(about.BestEpoch),
            [NdcgKey] = about.ValidationNdcg.ToString("R", CultureInfo.InvariantCulture),
            [ItemsKey] = string.Join('\n', about.Names.Select(Text)),
        },
        new SasrecParameters<float>(model).Named(model.Save()));

    /// <exception cref="UserErrorException">The file is missing, damaged, or no SASRec of consistent shapes.</exception>
    public static (SasrecModel<float> Model, Circumstances About) Read(string path) => TensorFile.Read(path, file =>
    {
        if (file.Metadata.GetValueOrDefault(FormatKey) is var format && format != Format)
            throw new UserErrorException(format is null ? $"does not say `{FormatKey}`: it holds no SASRec" : $"has the format `{format}`, only `{Format}` can be read", path);
        var about = new Circumstances(
            file.Metadata[ItemsKey] is { Length: > 0 } lines ? [.. lines.Split('\n').Select(Number)] : [],
            Number(file.Metadata[CountKey]), Number(file.Metadata[EpochKey]), double.Parse(file.Metadata[NdcgKey], CultureInfo.InvariantCulture));
        if (about.Names.Where((name, row) => name <= (row == 0 ? -1 : about.Names[row - 1]) || name >= about.ItemCount).Any())
            throw new FormatException($"its items do not rise from 0 to {about.ItemCount - 1}");
        SasrecOptions options = Sizes(file);
        if (options.Dimension < 1 || options.MaxLength < 1 || options.Blocks < 1 || options.Heads < 1 || options.Dimension % options.Heads != 0)
            throw new FormatException($"{options.Blocks} blocks of {options.Heads} heads of a dimension of {options.Dimension} are no SASRec");
        var model = new SasrecModel<float>(options, about.Names, 0);
        var parameters = new SasrecParameters<float>(model);
        if (file.Names.Except(parameters.Places.Select(place => place.Name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } stranger)
            throw new UserErrorException($"has a tensor `{stranger}`, which is no part of a SASRec of {options.Blocks} blocks", path);
        model.Restore(parameters.Flat(parameters.Places.Select(place =>
        {
            int[] shape = file.ShapeOf(place.Name);
            return shape.SequenceEqual(place.Shape)
                ? file.Tensor<float>(place.Name).Values
                : throw new UserErrorException($"`{place.Name}` has the shape [{string.Join(", ", shape)}], not [{string.Join(", ", place.Shape)}]", path);
        })));
        return (model, about);
    });

    private static SasrecOptions Sizes(TensorFile file)
    {
        int[] positions = file.ShapeOf(SasrecParameters<float>.Positions);
        if (positions.Length != 2)
            throw new FormatException($"{SasrecParameters<float>.Positions} is no matrix");
        return new SasrecOptions
        {
            Dimension = positions[1],
            MaxLength = positions[0],
            Blocks = file.Names.Count(name => name.EndsWith(".query.weight", StringComparison.Ordinal)),
            Heads = Number(file.Metadata[HeadsKey]),
            TieOutput = !file.Names.Contains(SasrecParameters<float>.Outputs),
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
