using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Trainers.Storage;

namespace Trainers.Checkpoints;

/// <summary>Fills what a training shows from a file's tensors, which must be the same in number, name, type and length.</summary>
/// <param name="stream">where the values begin</param>
/// <param name="tensors">what the file has</param>
internal sealed class StateReader(Stream stream, IEnumerable<SafetensorsTensor> tensors) : IStateVisitor
{
    private readonly long _origin = stream.Position;
    private readonly Dictionary<string, SafetensorsTensor> _unread = tensors.ToDictionary(tensor => tensor.Name);

    /// <exception cref="FormatException">The file has no such tensor.</exception>
    public void Visit<T>(string name, Span<T> values)
        where T : unmanaged
    {
        if (!_unread.Remove(name, out SafetensorsTensor? tensor) || tensor.Type != StateShapes.TypeOf<T>() || tensor.End - tensor.Start != (long)values.Length * Unsafe.SizeOf<T>())
            throw new FormatException($"It has no {values.Length} values `{name}`.");
        stream.Position = _origin + tensor.Start;
        const int Piece = 1 << 20;
        for (; !values.IsEmpty; values = values[Math.Min(Piece, values.Length)..])
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(values[..Math.Min(Piece, values.Length)]);
            stream.ReadExactly(bytes);
            LittleEndian.Convert(bytes, Unsafe.SizeOf<T>());
        }
    }

    /// <exception cref="FormatException">The file has more than was asked for.</exception>
    public void RequireAllRead()
    {
        if (_unread.Count > 0)
            throw new FormatException($"It has `{_unread.Keys.First()}` too.");
    }
}
