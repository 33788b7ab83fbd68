using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    /// <summary>Values about a column, such as the values behind its keys: a row of named, typed values.</summary>
    public sealed class Annotations
    {
        private readonly Delegate[] _getters;

        private Annotations(DataViewSchema schema, Delegate[] getters) => (Schema, _getters) = (schema, getters);

        /// <summary>No annotations.</summary>
        public static Annotations Empty { get; } = new(new([]), []);

        /// <summary>The kinds of annotation and their types.</summary>
        public DataViewSchema Schema { get; }

        /// <summary>A getter of one kind of annotation.</summary>
        /// <exception cref="InvalidOperationException">The raw type is another one.</exception>
        public ValueGetter<TValue> GetGetter<TValue>(Column column) =>
            GetterAt(column.Index) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Annotation '{column.Name}' has {column.Type.RawType}, not {typeof(TValue)}.");

        /// <summary>The value of one kind of annotation.</summary>
        /// <exception cref="InvalidOperationException">There is none of that kind, or its raw type is another one.</exception>
        public void GetValue<TValue>(string kind, ref TValue value)
        {
            Column column = Schema.GetColumnOrNull(kind)
                ?? throw new InvalidOperationException($"There is no annotation '{kind}' among: {this}.");
            GetGetter<TValue>(column)(ref value);
        }

        /// <summary>The kinds.</summary>
        public override string ToString() => string.Join(", ", Schema.Select(column => column.Name));

        internal Delegate GetterAt(int index) => _getters[index];

        /// <summary>Collects annotations.</summary>
        public sealed class Builder
        {
            private readonly List<(DetachedColumn Column, Delegate Getter)> _items = [];

            /// <summary>Adds those kinds of <paramref name="annotations"/> (which may be null) that are selected.</summary>
            public void Add(Annotations? annotations, Func<string, bool> selector)
            {
                ArgumentNullException.ThrowIfNull(selector);
                if (annotations is null)
                    return;

                foreach (Column column in annotations.Schema.Where(column => selector(column.Name)))
                    _items.Add((new(column), annotations.GetterAt(column.Index)));
            }

            /// <summary>Adds one kind by its getter.</summary>
            /// <exception cref="ArgumentException">The type has another raw type than the getter.</exception>
            public void Add<TValue>(string name, DataViewType type, ValueGetter<TValue> getter, Annotations? annotations = null) =>
                Add(name, type, (Delegate)getter, annotations);

            /// <summary>Adds one kind by its getter, a <see cref="ValueGetter{TValue}"/> of the type's raw type.</summary>
            public void Add(string name, DataViewType type, Delegate getter, Annotations? annotations = null)
            {
                var column = new DetachedColumn(name, type, annotations);
                ArgumentNullException.ThrowIfNull(getter);
                if (getter.GetType() != typeof(ValueGetter<>).MakeGenericType(type.RawType))
                    throw new ArgumentException($"Annotation '{name}' is {type}, but its getter is {getter.GetType()}.", nameof(type));
                _items.Add((column, getter));
            }

            /// <summary>Adds one kind by its value.</summary>
            public void AddPrimitiveValue<TValue>(string name, PrimitiveDataViewType type, TValue value, Annotations? annotations = null) =>
                Add(name, type, (ref TValue destination) => destination = value, annotations);

            /// <summary>The annotations so far.</summary>
            public Annotations ToAnnotations() =>
                _items.Count == 0 ? Empty : new(new(_items.ConvertAll(item => item.Column)), [.. _items.Select(item => item.Getter)]);
        }
    }
}
