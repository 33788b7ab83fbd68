using System.Runtime.CompilerServices;

namespace Trainers.Kernels;

/// <summary>Zeros at a fixed address that is a multiple of 64 bytes, so that no vector of a padded row straddles two cache lines.</summary>
public sealed class AlignedFloats
{
    private readonly float[] _pinned;
    private readonly int _offset;

    /// <exception cref="UserErrorException">No array is that long.</exception>
    public unsafe AlignedFloats(long length)
    {
        if (length > Array.MaxLength - Padding.Lanes)
            throw new UserErrorException($"a matrix of {length} numbers is larger than an array can be: lower `dimension`");
        _pinned = GC.AllocateArray<float>((int)length + Padding.Lanes, pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _pinned[0]);
        _offset = (int)((64 - address % 64) % 64 / sizeof(float));
        Length = (int)length;
    }

    public int Length { get; }

    public Span<float> Span => _pinned.AsSpan(_offset, Length);

    /// <summary>A row of a padded matrix.</summary>
    public Span<float> Row(int row, int stride) => _pinned.AsSpan(_offset + row * stride, stride);
}
