using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>A row's identity, 128 bits. Ordered by the high half first.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    /// <summary>The low half.</summary>
    public readonly ulong Low;

    /// <summary>The high half.</summary>
    public readonly ulong High;

    /// <summary>Of two halves.</summary>
    public DataViewRowId(ulong low, ulong high) => (Low, High) = (low, high);

    /// <inheritdoc/>
    public int CompareTo(DataViewRowId other)
    {
        int high = High.CompareTo(other.High);
        return high != 0 ? high : Low.CompareTo(other.Low);
    }

    /// <inheritdoc/>
    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DataViewRowId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (Low ^ BitRotate(High)).GetHashCode();

    /// <summary>32 hexadecimal digits, the high half first.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");

    private static ulong BitRotate(ulong bits) => System.Numerics.BitOperations.RotateLeft(bits, 31);
}
