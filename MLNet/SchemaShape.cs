using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>
/// What is known of a schema before fitting: names, kinds of columns and kinds of annotations, but no sizes, key counts or order.
/// Columns cannot be made from outside: copy those of another shape.
/// </summary>
public sealed class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private static readonly SchemaShape s_none = new([]);

    private readonly Column[] _columns;

    /// <summary>Of columns that came from other shapes.</summary>
    public SchemaShape(IEnumerable<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _columns = [.. columns];
        if (_columns.Any(column => column.Name is null))
            throw new ArgumentOutOfRangeException(nameof(columns), "A default column has no place in a shape.");
    }

    /// <inheritdoc/>
    public int Count => _columns.Length;

    /// <inheritdoc/>
    public Column this[int index] => _columns[index];

    /// <inheritdoc/>
    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SchemaShape Create(DataViewSchema schema) =>
        new(schema.Where(column => !column.IsHidden).Select(column => new Column(column.Name, column.Type, Create(column.Annotations.Schema))));

    internal bool TryFindColumn(string name, out Column column)
    {
        int index = Array.FindIndex(_columns, candidate => candidate.Name == name);
        column = index < 0 ? default : _columns[index];
        return index >= 0;
    }

    /// <summary>The column of a name, or the exception that all stock estimators throw.</summary>
    internal Column Find(string name) => TryFindColumn(name, out Column column)
        ? column
        : throw new ArgumentOutOfRangeException("inputSchema", $"There is no column '{name}' among: {string.Join(", ", _columns.Select(c => c.Name))}.");

    /// <summary>These columns, with others replacing those of the same name and following the rest.</summary>
    internal SchemaShape With(IReadOnlyCollection<Column> added)
    {
        HashSet<string> names = added.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return new(_columns.Where(column => !names.Contains(column.Name)).Concat(added));
    }

    /// <summary>A column of a shape.</summary>
    public struct Column
    {
        /// <summary>Its name.</summary>
        public readonly string Name;

        /// <summary>One value or many.</summary>
        public readonly VectorKind Kind;

        /// <summary>The type of a value or element; of a key, the number behind it.</summary>
        public readonly DataViewType ItemType;

        /// <summary>Whether the values or elements are keys.</summary>
        public readonly bool IsKey;

        /// <summary>Names and kinds of the annotations.</summary>
        public readonly SchemaShape Annotations;

        internal Column(string name, VectorKind kind, DataViewType itemType, bool isKey, SchemaShape? annotations = null) =>
            (Name, Kind, ItemType, IsKey, Annotations) = (name, kind, itemType, isKey, annotations ?? s_none);

        internal Column(string name, DataViewType type, SchemaShape? annotations = null)
        {
            DataViewType item = type is VectorDataViewType vector ? vector.ItemType : type;
            Name = name;
            Kind = type is not VectorDataViewType many ? VectorKind.Scalar : many.IsKnownSize ? VectorKind.Vector : VectorKind.VariableVector;
            IsKey = item is KeyDataViewType;
            ItemType = IsKey ? MemberTypes.PrimitiveOf(item.RawType)! : item;
            Annotations = annotations ?? s_none;
        }

        /// <summary>The same with another name.</summary>
        internal Column Named(string name) => new(name, Kind, ItemType, IsKey, Annotations);

        /// <summary>One value, a fixed number or a varying number of them.</summary>
        public enum VectorKind
        {
            Scalar,
            Vector,
            VariableVector,
        }
    }
}
