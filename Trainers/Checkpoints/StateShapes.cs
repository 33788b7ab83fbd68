using System.Runtime.CompilerServices;
using Trainers.Storage;

namespace Trainers.Checkpoints;

/// <summary>Lays out what a training shows, one after the other, without looking at the values.</summary>
internal sealed class StateShapes : IStateVisitor
{
    private readonly List<SafetensorsTensor> _tensors = [];

    public IReadOnlyList<SafetensorsTensor> Tensors => _tensors;

    /// <summary>Bytes in all.</summary>
    public long End => _tensors.Count == 0 ? 0 : _tensors[^1].End;

    public void Visit<T>(string name, Span<T> values)
        where T : unmanaged => _tensors.Add(new SafetensorsTensor(name, TypeOf<T>(), [values.Length], End, End + (long)values.Length * Unsafe.SizeOf<T>()));

    /// <summary>What safetensors calls a type.</summary>
    public static string TypeOf<T>() => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Single => "F32",
        TypeCode.Double => "F64",
        TypeCode.Int32 => "I32",
        TypeCode.Int64 => "I64",
        _ => throw new ArgumentException($"A state has no {typeof(T).Name}."),
    };
}
