using Trainers.Kernels;

namespace Trainers.Layers;

/// <summary>How a parameter starts.</summary>
internal enum Start
{
    Zero,
    One,
    Normal,
}

/// <summary>Where one parameter matrix lies in the flat vector of all of them.</summary>
/// <param name="Offset">of its first element</param>
/// <param name="Rows">in memory</param>
/// <param name="Stride">of a row</param>
/// <param name="LiveRows">rows that are no padding</param>
/// <param name="Groups">a row is so many groups (heads) of equal stride</param>
/// <param name="GroupDimension">values of a group that are no padding</param>
/// <param name="Start">how it starts</param>
internal readonly record struct Slot(int Offset, int Rows, int Stride, int LiveRows, int Groups, int GroupDimension, Start Start)
{
    public int Length => Rows * Stride;

    public Span<T> Of<T>(Span<T> parameters) => parameters.Slice(Offset, Length);

    public ReadOnlySpan<T> Of<T>(ReadOnlySpan<T> parameters) => parameters.Slice(Offset, Length);

    /// <summary>Indices of the elements that are no padding, row by row.</summary>
    public IEnumerable<int> Live()
    {
        for (int row = 0; row < LiveRows; row++)
        {
            for (int group = 0; group < Groups; group++)
            {
                for (int k = 0; k < GroupDimension; k++)
                    yield return Offset + row * Stride + group * (Stride / Groups) + k;
            }
        }
    }
}

/// <summary>
/// Lays all parameters but the item tables into one vector, so that gradients, moments and the best epoch's copy are vectors of the same layout.
/// Padding starts at zero and stays there: its gradient is always zero.
/// </summary>
internal sealed class ParameterLayout
{
    private readonly List<Slot> _slots = [];

    public IReadOnlyList<Slot> Slots => _slots;

    /// <summary>Elements in all.</summary>
    public int Length { get; private set; }

    /// <summary>A row of d values.</summary>
    public Slot Vector(int dimension, Start start) => Add(1, 1, 1, dimension, start);

    /// <summary>A row that is divided among heads, each padded.</summary>
    public Slot Vector(int heads, int headDimension, Start start) => Add(1, 1, heads, headDimension, start);

    /// <summary>d rows, each divided among heads; the rows are padded too, since a padded vector is multiplied by it.</summary>
    public Slot Matrix(int rows, int heads, int headDimension) => Add(Padding.Stride(rows), rows, heads, headDimension, Start.Normal);

    /// <summary>Vectors of d values.</summary>
    public Slot Table(int rows, int dimension) => Add(rows, rows, 1, dimension, Start.Normal);

    private Slot Add(int rows, int liveRows, int groups, int groupDimension, Start start)
    {
        var slot = new Slot(Length, rows, groups * Padding.Stride(groupDimension), liveRows, groups, groupDimension, start);
        _slots.Add(slot);
        Length += slot.Length;
        return slot;
    }
}
