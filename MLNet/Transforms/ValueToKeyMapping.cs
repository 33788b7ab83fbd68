using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>How one column gets its keys.</summary>
internal sealed record KeyColumn(ColumnPair Pair, int MaximumNumberOfKeys, ValueToKeyMappingEstimator.KeyOrdinality Ordinality, bool AsText);

/// <summary>Numbers the values of columns, from 1; 0 is for missing values and for those not seen when fitting.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    internal const int DefaultMaximumNumberOfKeys = 1_000_000;

    private readonly KeyColumn[] _columns;
    private readonly IDataView? _keyData;

    internal ValueToKeyMappingEstimator(KeyColumn[] columns, IDataView? keyData)
    {
        foreach (KeyColumn column in columns)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(column.MaximumNumberOfKeys, "maximumNumberOfKeys");
        (_columns, _keyData) = (columns, keyData);
    }

    /// <summary>Numbers the values of the input, in one pass for all columns; or those of the key data, if there are any.</summary>
    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column[] sources = Array.ConvertAll(_columns, column => input.Schema[column.Pair.Input]);
        TermMapBuilder[] builders = [.. sources.Select((source, i) => TermMapBuilder.For(ItemOf(source), _columns[i]))];

        IDataView data = input;
        if (_keyData is not null)
        {
            data = _keyData;
            sources = [.. sources.Select(source => KeyDataFor(ItemOf(source)))];
        }

        using DataViewRowCursor cursor = data.GetRowCursor(sources.DistinctBy(source => source.Index));
        Action[] collect = [.. builders.Select((builder, i) => builder.Over(cursor, sources[i]))];
        while (cursor.MoveNext())
        {
            foreach (Action column in collect)
                column();
        }

        return new([.. _columns.Select(column => column.Pair)], Array.ConvertAll(builders, builder => builder.Build()));
    }

    /// <summary>The shape with the key columns.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Array.ConvertAll(_columns, column =>
        {
            SchemaShape.Column source = inputSchema.Find(column.Pair.Input);
            if (!source.IsKey || !source.Annotations.TryFindColumn(SchemaAnnotationsExtensions.KeyValues, out SchemaShape.Column keyValues))
            {
                keyValues = new(SchemaAnnotationsExtensions.KeyValues, SchemaShape.Column.VectorKind.Vector,
                    column.AsText ? TextDataViewType.Instance : source.ItemType, source.IsKey);
            }

            var annotations = new SchemaShape(source.Annotations.TryFindColumn(SchemaAnnotationsExtensions.SlotNames, out SchemaShape.Column names)
                ? [names, keyValues]
                : [keyValues]);
            return new SchemaShape.Column(column.Pair.Output, source.Kind, NumberDataViewType.UInt32, isKey: true, annotations);
        }));
    }

    private DataViewSchema.Column KeyDataFor(PrimitiveDataViewType item)
    {
        DataViewSchema.Column[] columns = [.. _keyData!.Schema.Where(column => !column.IsHidden)];
        if (columns.Length != 1)
            throw new ArgumentOutOfRangeException("keyData", $"The key data must have one column, not {columns.Length}.");
        return columns[0].Type.Equals(item)
            ? columns[0]
            : throw new ArgumentOutOfRangeException("keyData", $"The key data are {columns[0].Type}, but the values are {item}.");
    }

    private static PrimitiveDataViewType ItemOf(DataViewSchema.Column column) =>
        column.Type is VectorDataViewType vector ? vector.ItemType
        : column.Type as PrimitiveDataViewType
            ?? throw new ArgumentOutOfRangeException("input", $"Column '{column.Name}' is {column.Type}, which has no keys.");

    /// <summary>How values are numbered.</summary>
    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }
}

/// <summary>Replaces values by their keys.</summary>
public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    private readonly TermMap[] _terms;

    internal ValueToKeyMappingTransformer(ColumnPair[] pairs, TermMap[] terms)
        : base(pairs) => _terms = terms;

    internal ValueToKeyMappingTransformer(BinaryReader reader)
        : base(ModelFile.ReadPairs(reader)) => _terms = [.. Pairs.Select(_ => TermMap.Load(reader))];

    private protected override RowMapping Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column[] inputs = [.. Pairs.Select(pair => inputSchema[pair.Input])];
        return new Mapping(inputSchema, inputs, [.. inputs.Select((column, i) => OutputOf(column, Pairs[i].Output, _terms[i]))], _terms);
    }

    private protected override void Save(ModelSaveContext ctx)
    {
        BinaryWriter writer = ctx.Begin(ModelFile.ValueToKey);
        ModelFile.WritePairs(writer, Pairs);
        foreach (TermMap terms in _terms)
            terms.Save(writer);
    }

    private static DataViewSchema.DetachedColumn OutputOf(DataViewSchema.Column source, string name, TermMap terms)
    {
        var vector = source.Type as VectorDataViewType;
        DataViewType item = vector?.ItemType ?? source.Type;
        if (!item.Equals(terms.ItemType))
            throw new InvalidOperationException($"Column '{source.Name}' is {source.Type}, but its keys are of {terms.ItemType}.");

        var annotations = new DataViewSchema.Annotations.Builder();
        if (source.HasSlotNames())
            annotations.Add(source.Annotations, kind => kind == SchemaAnnotationsExtensions.SlotNames);
        terms.AddKeyValues(annotations, source);
        DataViewType type = vector is null ? terms.KeyType : new VectorDataViewType(terms.KeyType, vector.Dimensions);
        return new(name, type, annotations.ToAnnotations());
    }

    private sealed class Mapping(
        DataViewSchema input, DataViewSchema.Column[] inputs, IReadOnlyList<DataViewSchema.DetachedColumn> added, TermMap[] terms)
        : PairMapping(input, inputs, added)
    {
        protected override Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column, int added) => terms[added].MakeGetter(input, column);
    }
}
