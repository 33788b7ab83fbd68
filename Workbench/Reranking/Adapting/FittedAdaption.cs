using Data;
using Trainers;
using Workbench.Reranking.Fusion;
using Workbench.Reranking.Fusion.Storage;

namespace Workbench.Reranking.Adapting;

/// <summary>A fitted <c>bias</c> or <c>gate</c> with the items it was fitted over: can be kept in a file, and applied to other items.</summary>
public sealed class FittedAdaption
{
    private const string Kind = "adaption";

    private readonly Adaption _adaption;

    internal FittedAdaption(Adaption adaption, string of, IReadOnlyList<Item> items, string description) =>
        (_adaption, Of, Items, Description) = (adaption, of, items, description);

    /// <summary><c>bias</c> or <c>gate</c></summary>
    public string Name => _adaption.Bias is null ? "gate" : "bias";

    /// <summary>The reranker whose scores are adapted.</summary>
    public string Of { get; }

    /// <summary>I items; weights and biases are by their rows.</summary>
    public IReadOnlyList<Item> Items { get; }

    /// <summary>What it was fitted on, in words.</summary>
    public string Description { get; }

    /// <summary>One file: JSON with a version and a checksum; whole or not there.</summary>
    /// <exception cref="UserErrorException">The place cannot be written to.</exception>
    public void Save(string path) => FittedFile.Write(
        Kind,
        new AdaptionRecord(Description, Of, _adaption.Share, _adaption.Bias?.Weights, _adaption.Bias?.Biases, [.. Items.Select(ItemRecord.Of)]),
        path);

    /// <exception cref="UserErrorException">The file is missing, damaged, or of another version.</exception>
    public static FittedAdaption Load(string path)
    {
        AdaptionRecord record = FittedFile.Read<AdaptionRecord>(Kind, path);
        ItemBias? bias = record.Weights is null ? null : new ItemBias(record.Weights, record.Biases!);
        return new FittedAdaption(new Adaption(bias, record.Share), record.Of, [.. record.Items.Select(item => item.Item())], record.Description);
    }

    /// <summary>Ranks other items, unchanged: weights and biases travel with their items, and items that are new have the weight 1 and the bias 0.</summary>
    /// <param name="adapted">gives g of the items here</param>
    /// <param name="collaborative">of the items here, for <c>gate</c></param>
    /// <param name="items">here</param>
    public IQueryScorer Over(IQueryScorer adapted, IHistoryScorer? collaborative, IReadOnlyList<Item> items)
    {
        if (_adaption.Bias is not { } bias)
            return new AdaptedScorer(adapted, Gate.Required(collaborative), [_adaption], null);
        var (weights, biases) = (new float[items.Count], new float[items.Count]);
        Array.Fill(weights, 1);
        int[] rows = ItemTravel.Rows(Items, items);
        for (int item = 0; item < rows.Length; item++)
        {
            if (rows[item] >= 0)
                (weights[rows[item]], biases[rows[item]]) = (bias.Weights[item], bias.Biases[item]);
        }

        return new AdaptedScorer(adapted, null, [new Adaption(new ItemBias(weights, biases), 1)], null);
    }

    private sealed record AdaptionRecord(string Description, string Of, float Share, float[]? Weights, float[]? Biases, IReadOnlyList<ItemRecord> Items);
}
