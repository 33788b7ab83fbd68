using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>From columns to the members of row objects: which columns, and the setters over a row of them.</summary>
internal sealed class RowWriter<TRow>
    where TRow : class
{
    private readonly (DataViewSchema.Column Column, Func<DataViewRow, Action<TRow>> Maker)[] _members;

    /// <exception cref="ArgumentOutOfRangeException">A member has no column, and that is not to be ignored.</exception>
    /// <exception cref="InvalidOperationException">A member cannot hold its column.</exception>
    public RowWriter(DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition? definition)
    {
        var members = new List<(DataViewSchema.Column, Func<DataViewRow, Action<TRow>>)>();
        foreach (RowMember member in RowClass.Bind(typeof(TRow), definition, SchemaDefinition.Direction.Write))
        {
            if (schema.GetColumnOrNull(member.ColumnName) is not { } column)
            {
                if (ignoreMissingColumns)
                    continue;
                throw new ArgumentOutOfRangeException(nameof(schema), $"There is no column '{member.ColumnName}' for the member of {typeof(TRow)}.");
            }

            if (!MemberTypes.CanHold(member.Type, column.Type))
                throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}, which {member.Type} of {typeof(TRow)} cannot hold.");
            members.Add((column, MakerOf(member, column)));
        }

        _members = [.. members];
    }

    /// <summary>The columns that have a member.</summary>
    public IEnumerable<DataViewSchema.Column> Columns => _members.Select(member => member.Column);

    /// <summary>Fills an object from the row's current values.</summary>
    public Action<TRow> Over(DataViewRow row)
    {
        Action<TRow>[] setters = Array.ConvertAll(_members, member => member.Maker(row));
        return target =>
        {
            foreach (Action<TRow> setter in setters)
                setter(target);
        };
    }

    private static Func<DataViewRow, Action<TRow>> MakerOf(RowMember member, DataViewSchema.Column column)
    {
        if (member.Type == typeof(string))
            return Text(member, column);
        if (member.Type == typeof(string[]))
            return Vector<ReadOnlyMemory<char>, string>(member, column, (values, target) =>
            {
                for (int i = 0; i < values.Length; i++)
                    target[i] = values[i].ToString();
            });
        if (MemberTypes.ElementOf(member.Type) is { } element)
            return Generic(member.Type.IsArray ? nameof(Values) : nameof(Buffer), element, member, column);
        return Generic(nameof(Value), member.Type, member, column);
    }

    private static Func<DataViewRow, Action<TRow>> Generic(string method, Type argument, RowMember member, DataViewSchema.Column column) =>
        (Func<DataViewRow, Action<TRow>>)typeof(RowWriter<TRow>)
            .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(argument)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [member, column], null)!;

    private static Func<DataViewRow, Action<TRow>> Value<T>(RowMember member, DataViewSchema.Column column)
    {
        Action<TRow, T> write = member.Writer<TRow, T>();
        return row =>
        {
            ValueGetter<T> getter = row.GetGetter<T>(column);
            T value = default!;
            return target =>
            {
                getter(ref value);
                write(target, value);
            };
        };
    }

    private static Func<DataViewRow, Action<TRow>> Text(RowMember member, DataViewSchema.Column column)
    {
        Action<TRow, string> write = member.Writer<TRow, string>();
        return row =>
        {
            ValueGetter<ReadOnlyMemory<char>> getter = row.GetGetter<ReadOnlyMemory<char>>(column);
            ReadOnlyMemory<char> value = default;
            return target =>
            {
                getter(ref value);
                write(target, value.ToString());
            };
        };
    }

    private static Func<DataViewRow, Action<TRow>> Values<T>(RowMember member, DataViewSchema.Column column) =>
        Vector<T, T>(member, column, (values, target) => values.CopyTo(target));

    private delegate void Fill<TSource, TTarget>(ReadOnlySpan<TSource> values, Span<TTarget> target);

    // An array of the right size is filled where it is; an empty vector is as long as no array at all.
    private static Func<DataViewRow, Action<TRow>> Vector<TSource, TTarget>(
        RowMember member, DataViewSchema.Column column, Fill<TSource, TTarget> fill)
    {
        Action<TRow, TTarget[]?> write = member.Writer<TRow, TTarget[]?>();
        Func<TRow, TTarget[]?>? read = member.Reader<TRow, TTarget[]?>();
        return row =>
        {
            ValueGetter<VBuffer<TSource>> getter = row.GetGetter<VBuffer<TSource>>(column);
            VBuffer<TSource> value = default, dense = default;
            return target =>
            {
                getter(ref value);
                TTarget[]? array = read?.Invoke(target);
                if ((array?.Length ?? 0) != value.Length)
                    array = new TTarget[value.Length];
                if (value.IsDense)
                {
                    fill(value.GetValues(), array);
                }
                else
                {
                    value.CopyToDense(ref dense);
                    fill(dense.GetValues(), array);
                }

                write(target, array);
            };
        };
    }

    private static Func<DataViewRow, Action<TRow>> Buffer<T>(RowMember member, DataViewSchema.Column column)
    {
        Action<TRow, VBuffer<T>> write = member.Writer<TRow, VBuffer<T>>();
        Func<TRow, VBuffer<T>>? read = member.Reader<TRow, VBuffer<T>>();
        return row =>
        {
            ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
            return target =>
            {
                VBuffer<T> value = read is null ? default : read(target);
                getter(ref value);
                write(target, value);
            };
        };
    }
}
