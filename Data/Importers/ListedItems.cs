using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Data.Storage;

namespace Data.Importers;

/// <summary>The items that rows may name, found by the bytes of their ids; numbers without leading zeros also by their value. Read only.</summary>
internal sealed class ListedItems
{
    /// <summary>No larger value has a place of its own: 16 MB at most.</summary>
    private const int MostValues = 1 << 22;

    private readonly NameTable ids;
    private readonly int[] byValue;

    /// <param name="ids">in the order of the items' rows</param>
    public ListedItems(NameTable ids)
    {
        this.ids = ids;
        var values = new int[ids.Count];
        for (int item = 0; item < values.Length; item++)
        {
            ReadOnlySpan<byte> id = ids[item];
            bool plain = Utf8Parser.TryParse(id, out int value, out int used) && used == id.Length && value < MostValues
                && (id[0] is > (byte)'0' and <= (byte)'9' || (id.Length == 1 && value == 0));
            values[item] = plain ? value : -1;
        }

        byValue = new int[values.Length == 0 ? 0 : values.Max() + 1];
        byValue.AsSpan().Fill(-1);
        for (int item = 0; item < values.Length; item++)
        {
            if (values[item] >= 0)
                byValue[values[item]] = item;
        }
    }

    /// <summary>The row of an item, or -1.</summary>
    public int Find(ReadOnlySpan<byte> id) => ids.Find(id);

    /// <summary>Puts rows of items in place of the values of their ids, which are numbers without leading zeros.</summary>
    /// <param name="values">not negative</param>
    /// <returns>how many were found, before the first that is not listed, or too large to tell: that and what follows it keep some value</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(Span<int> values)
    {
        int[] rows = byValue;
        for (int i = 0; i < values.Length; i++)
        {
            int row = (uint)values[i] < (uint)rows.Length ? rows[values[i]] : -1;
            if (row < 0)
                return i;
            values[i] = row;
        }

        return values.Length;
    }
}
