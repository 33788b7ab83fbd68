using System.Numerics;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>From the members of row objects to columns. Accessors are compiled once; getters are made over whatever tells the current row.</summary>
internal sealed class RowReader<TRow>
    where TRow : class
{
    private readonly Func<Func<TRow>, Delegate>[] _getters;

    public RowReader(SchemaDefinition? definition)
    {
        IReadOnlyList<RowMember> members = RowClass.Bind(typeof(TRow), definition, SchemaDefinition.Direction.Read);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(members.Select(member => member.Detached));
        Schema = builder.ToSchema();
        _getters = [.. members.Select(MakerOf)];
    }

    public DataViewSchema Schema { get; }

    public Delegate MakeGetter(int column, Func<TRow> current) => _getters[column](current);

    private static Func<Func<TRow>, Delegate> MakerOf(RowMember member)
    {
        if (member.Type == typeof(string))
            return Text(member);
        if (member.Type == typeof(string[]))
            return Texts(member);
        if (MemberTypes.ElementOf(member.Type) is { } element)
            return Generic(member.Type.IsArray ? nameof(Array) : nameof(Buffer), element, member);
        return Generic(member.ColumnType is KeyDataViewType ? nameof(Key) : nameof(Value), member.Type, member);
    }

    private static Func<Func<TRow>, Delegate> Generic(string method, Type argument, RowMember member) =>
        (Func<Func<TRow>, Delegate>)typeof(RowReader<TRow>)
            .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(argument)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [member], null)!;

    private static Func<TRow, T> Reader<T>(RowMember member) => member.Reader<TRow, T>()
        ?? throw new ArgumentOutOfRangeException(nameof(member), $"Member '{member.Member.Name}' of {typeof(TRow)} cannot be read.");

    private static Func<Func<TRow>, Delegate> Value<T>(RowMember member)
    {
        Func<TRow, T> read = Reader<T>(member);
        return current => (ValueGetter<T>)((ref T value) => value = read(current()));
    }

    // A key member counts from 0; out of range is missing.
    private static Func<Func<TRow>, Delegate> Key<T>(RowMember member)
        where T : struct, IBinaryInteger<T>
    {
        Func<TRow, T> read = Reader<T>(member);
        ulong count = ((KeyDataViewType)member.ColumnType).Count;
        return current => (ValueGetter<T>)((ref T value) =>
        {
            T given = read(current());
            value = ulong.CreateTruncating(given) < count ? given + T.One : T.Zero;
        });
    }

    private static Func<Func<TRow>, Delegate> Text(RowMember member)
    {
        Func<TRow, string?> read = Reader<string?>(member);
        return current => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = read(current()).AsMemory());
    }

    private static Func<Func<TRow>, Delegate> Texts(RowMember member)
    {
        Func<TRow, string?[]?> read = Reader<string?[]?>(member);
        return current => (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            string?[] given = read(current()) ?? [];
            VBufferEditor<ReadOnlyMemory<char>> editor = VBufferEditor.Create(ref value, given.Length);
            for (int i = 0; i < given.Length; i++)
                editor.Values[i] = given[i].AsMemory();
            value = editor.Commit();
        });
    }

    private static Func<Func<TRow>, Delegate> Array<T>(RowMember member)
    {
        Func<TRow, T[]?> read = Reader<T[]?>(member);
        return current => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            ReadOnlySpan<T> given = read(current());
            VBufferEditor<T> editor = VBufferEditor.Create(ref value, given.Length);
            given.CopyTo(editor.Values);
            value = editor.Commit();
        });
    }

    private static Func<Func<TRow>, Delegate> Buffer<T>(RowMember member)
    {
        Func<TRow, VBuffer<T>> read = Reader<VBuffer<T>>(member);
        return current => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => read(current()).CopyTo(ref value));
    }
}
