using System.Numerics;
using Trainers.Layers;
using Trainers.Optimizers;
using Trainers.Storage;

namespace Trainers.SelfAttention;

/// <summary>
/// The parameters of a SASRec by name, without padding, in PyTorch's conventions: what engines, files and other programs exchange. Gradients too.
/// </summary>
/// <remarks>
/// A linear layer's weight is [out, in], the transpose of the layer's own matrix. Row p of <c>position_embedding</c> belongs to the item p places before the
/// last. Flat vectors are as <see cref="SasrecModel{T}.Save"/> makes them: everything but the tables, the item table, the output table unless it is the same.
/// </remarks>
internal sealed class SasrecParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const string Items = "item_embedding.weight", Outputs = "output_embedding.weight", Positions = "position_embedding.weight";

    private readonly SasrecModel<T> _model;

    /// <param name="model">whose</param>
    public SasrecParameters(SasrecModel<T> model)
    {
        _model = model;
        IReadOnlyList<Slot> slots = model.Encoder.Layout.Slots;
        string[] names = [.. SlotNames(model.Encoder.Blocks)];
        if (names.Length != slots.Count)
            throw new InvalidOperationException($"{slots.Count} parameters are laid out, {names.Length} have names.");
        bool tied = ReferenceEquals(model.Inputs, model.Outputs);
        Places = [Place.Of(Items, 1, model.Inputs), .. tied ? [] : (Place[])[Place.Of(Outputs, 2, model.Outputs)], .. names.Zip(slots, Place.Of)];
    }

    /// <summary>Every parameter, in the order of the list that is exchanged.</summary>
    public IReadOnlyList<Place> Places { get; }

    /// <summary>Flat vectors to named tensors.</summary>
    public NamedTensor<T>[] Named(T[][] flat) => [.. Places.Select(place =>
    {
        T[] source = flat[place.Vector], values = new T[place.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = source[place.IndexOf(i)];
        return new NamedTensor<T>(place.Name, place.Shape, values);
    })];

    /// <summary>Values of every parameter, in the order of <see cref="Places"/>, to flat vectors.</summary>
    public T[][] Flat(IEnumerable<T[]> values)
    {
        T[][] flat = _model.Save();
        foreach ((Place place, T[] source) in Places.Zip(values))
        {
            for (int i = 0; i < source.Length; i++)
                flat[place.Vector][place.IndexOf(i)] = source[i];
        }

        return flat;
    }

    // In the order in which the layers lay them out.
    private static IEnumerable<string> SlotNames(int blocks) =>
    [
        Positions,
        .. Enumerable.Range(0, blocks).SelectMany(block =>
            ((string[])["query_norm", "network_norm", "query", "key", "value", "inner", "outer"]).SelectMany(layer => WeightAndBias($"blocks.{block}.{layer}"))),
        .. WeightAndBias("norm"),
    ];

    private static string[] WeightAndBias(string layer) => [$"{layer}.weight", $"{layer}.bias"];

    /// <summary>Where a named tensor's elements lie.</summary>
    /// <param name="Name">of the tensor</param>
    /// <param name="Vector">which flat vector</param>
    /// <param name="Slot">where in it; a group is padded by itself</param>
    /// <param name="Transposed">the tensor's rows are the slot's columns</param>
    internal sealed record Place(string Name, int Vector, Slot Slot, bool Transposed)
    {
        private readonly int _columns = Slot.Groups * Slot.GroupDimension;

        /// <summary>The tensor's sizes.</summary>
        public int[] Shape => Transposed ? [_columns, Slot.LiveRows] : IsVector ? [_columns] : [Slot.LiveRows, _columns];

        public int Count => Slot.LiveRows * _columns;

        private bool IsVector => Slot.Start != Start.Normal;

        public static Place Of(string name, int vector, ItemTable<T> table) =>
            new(name, vector, new Slot(0, table.Rows, table.Stride, table.Count, 1, table.Dimension, Start.Normal), false);

        public static Place Of(string name, Slot slot) => new(name, 0, slot, slot.Start == Start.Normal && name != Positions);

        /// <summary>The index in the flat vector of the tensor's i-th element.</summary>
        public int IndexOf(int i)
        {
            (int row, int column) = Transposed ? (i % Slot.LiveRows, i / Slot.LiveRows) : (i / _columns, i % _columns);
            return Slot.Offset + row * Slot.Stride + column / Slot.GroupDimension * (Slot.Stride / Slot.Groups) + column % Slot.GroupDimension;
        }
    }
}
