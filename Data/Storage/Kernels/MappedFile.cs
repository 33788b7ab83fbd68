using System.Buffers;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Data.Storage.Kernels;

/// <summary>A file whose content is read as memory, page by page as it is looked at.</summary>
/// <remarks>
/// A mapping lasts as long as the program: its spans are in every loop, and nothing can know when the last one is gone. It takes addresses, not
/// memory: the system takes back pages when it needs them. A file that is replaced by renaming stays as it was here; it must not be cut short.
/// </remarks>
internal static unsafe class MappedFile
{
    // A view that is collected is unmapped.
    private static readonly List<MemoryMappedViewAccessor> Views = [];

    /// <summary>Maps a part of a file.</summary>
    /// <typeparam name="T">as the bytes are laid out, little-endian</typeparam>
    /// <param name="file">open for reading; may be closed afterwards</param>
    /// <param name="start">bytes</param>
    /// <param name="count">values</param>
    /// <exception cref="IOException">The system does not map it.</exception>
    public static ReadOnlyMemory<T> Map<T>(SafeFileHandle file, long start, int count)
        where T : unmanaged
    {
        if (count == 0)
            return ReadOnlyMemory<T>.Empty;
        using var mapped = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        MemoryMappedViewAccessor view = mapped.CreateViewAccessor(start, count * (long)sizeof(T), MemoryMappedFileAccess.Read);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        lock (Views)
            Views.Add(view);
        return new MappedMemory<T>((T*)(pointer + view.PointerOffset), count).Memory;
    }

    private sealed class MappedMemory<T>(T* values, int count) : MemoryManager<T>
        where T : unmanaged
    {
        public override Span<T> GetSpan() => new(values, count);

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)count, nameof(elementIndex));
            return new MemoryHandle(values + elementIndex);
        }

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
