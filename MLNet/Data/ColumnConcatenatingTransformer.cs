using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Puts columns of one item type into one vector.</summary>
public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingTransformer(string output, string[] inputs) => (_output, _inputs) = (output, inputs);

    internal ColumnConcatenatingTransformer(BinaryReader reader)
        : this(reader.ReadString(), ModelFile.ReadStrings(reader))
    {
    }

    private protected override RowMapping Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column[] inputs = Array.ConvertAll(_inputs, name => inputSchema[name]);

        // A vector alone is passed on with all its annotations.
        if (inputs is [{ Type: VectorDataViewType } only])
        {
            var renamed = new DataViewSchema.DetachedColumn(_output, only.Type, only.Annotations);
            return new RelabelMapping(inputSchema, RowLayout.Adding(inputSchema, [renamed], [only.Index]));
        }

        PrimitiveDataViewType item = ItemOf(inputs[0]);
        foreach (DataViewSchema.Column column in inputs)
        {
            if (!ItemOf(column).Equals(item))
                throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Column '{column.Name}' is {column.Type}, but '{inputs[0].Name}' is {inputs[0].Type}.");
        }

        bool variable = inputs.Any(column => column.Type is VectorDataViewType { IsKnownSize: false });
        int size = variable ? 0 : inputs.Sum(column => (column.Type as VectorDataViewType)?.Size ?? 1);
        DataViewSchema.Annotations? names = variable ? null : SlotNames(inputs, size);
        return new Mapping(inputSchema, inputs, new(_output, new VectorDataViewType(item, size), names), item.RawType);
    }

    private protected override void Save(ModelSaveContext ctx)
    {
        BinaryWriter writer = ctx.Begin(ModelFile.Concatenate);
        writer.Write(_output);
        ModelFile.WriteStrings(writer, _inputs);
    }

    private static PrimitiveDataViewType ItemOf(DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType vector => vector.ItemType,
        PrimitiveDataViewType primitive => primitive,
        _ => throw new ArgumentOutOfRangeException("inputSchema", $"Column '{column.Name}' is {column.Type}, which is not concatenated."),
    };

    // A scalar gives its name; a named slot of a vector gives both names with a dot between; other slots have none.
    private static DataViewSchema.Annotations? SlotNames(DataViewSchema.Column[] inputs, int size)
    {
        if (!inputs.Any(column => column.Type is not VectorDataViewType || column.HasSlotNames()))
            return null;

        var names = new List<ReadOnlyMemory<char>>(size);
        foreach (DataViewSchema.Column column in inputs)
        {
            if (column.Type is not VectorDataViewType vector)
            {
                names.Add(column.Name.AsMemory());
                continue;
            }

            VBuffer<ReadOnlyMemory<char>> slots = new(vector.Size, 0, null, null);
            if (column.HasSlotNames())
                column.GetSlotNames(ref slots);
            names.AddRange(slots.DenseValues().Select(slot => slot.IsEmpty ? default : $"{column.Name}.{slot}".AsMemory()));
        }

        var value = new VBuffer<ReadOnlyMemory<char>>(size, [.. names]);
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(SchemaAnnotationsExtensions.SlotNames, new VectorDataViewType(TextDataViewType.Instance, size),
            (ref VBuffer<ReadOnlyMemory<char>> destination) => value.CopyTo(ref destination));
        return builder.ToAnnotations();
    }

    private sealed class Mapping(DataViewSchema input, DataViewSchema.Column[] inputs, DataViewSchema.DetachedColumn output, Type item)
        : RowMapping(input, RowLayout.Adding(input, [output]))
    {
        protected override IEnumerable<int> InputsOf(int added) => inputs.Select(column => column.Index);

        protected override Delegate?[] MakeGetters(DataViewRow input, Func<int, bool> isActive) =>
            [(Delegate)typeof(Mapping)
                .GetMethod(nameof(MakeGetter), BindingFlags.NonPublic | BindingFlags.Instance)!
                .MakeGenericMethod(item)
                .Invoke(this, BindingFlags.DoNotWrapExceptions, null, [input], null)!];

        private ValueGetter<VBuffer<T>> MakeGetter<T>(DataViewRow input)
        {
            var parts = new VBuffer<T>[inputs.Length];
            ValueGetter<VBuffer<T>>[] getters = Array.ConvertAll(inputs, column => PartGetter<T>(input, column));
            return (ref VBuffer<T> destination) =>
            {
                int length = 0;
                for (int i = 0; i < parts.Length; i++)
                {
                    getters[i](ref parts[i]);
                    length += parts[i].Length;
                }

                VBufferEditor<T> editor = VBufferEditor.Create(ref destination, length);
                int start = 0;
                foreach (ref VBuffer<T> part in parts.AsSpan())
                {
                    part.CopyTo(editor.Values, start);
                    start += part.Length;
                }

                destination = editor.Commit();
            };
        }

        private static ValueGetter<VBuffer<T>> PartGetter<T>(DataViewRow input, DataViewSchema.Column column)
        {
            if (column.Type is VectorDataViewType)
                return input.GetGetter<VBuffer<T>>(column);

            ValueGetter<T> getter = input.GetGetter<T>(column);
            return (ref VBuffer<T> part) =>
            {
                VBufferEditor<T> editor = VBufferEditor.Create(ref part, 1);
                getter(ref editor.Values[0]);
                part = editor.Commit();
            };
        }
    }
}
