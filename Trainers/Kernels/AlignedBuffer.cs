using System.Runtime.CompilerServices;

namespace Trainers.Kernels;

/// <summary>Zeros of either precision at a fixed address that is a multiple of 64 bytes.</summary>
/// <typeparam name="T">float or double</typeparam>
public sealed class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;

    private readonly T[] _pinned;
    private readonly int _offset;

    /// <exception cref="UserErrorException">No array is that long.</exception>
    public unsafe AlignedBuffer(long length)
    {
        int spare = Alignment / sizeof(T);
        if (length > Array.MaxLength - spare)
            throw new UserErrorException($"a matrix of {length} numbers is larger than an array can be: lower `dimension`");
        _pinned = GC.AllocateArray<T>((int)length + spare, pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _pinned[0]);
        _offset = (int)((Alignment - address % Alignment) % Alignment) / sizeof(T);
        Length = (int)length;
    }

    public int Length { get; }

    public Span<T> Span => _pinned.AsSpan(_offset, Length);

    /// <summary>Rows of a padded matrix.</summary>
    public Span<T> Rows(int first, int count, int stride) => _pinned.AsSpan(_offset + first * stride, count * stride);
}
