using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Collects the terms of a column in the order of their first occurrence, up to a limit.</summary>
internal abstract class TermMapBuilder
{
    public static TermMapBuilder For(PrimitiveDataViewType item, KeyColumn column) =>
        (TermMapBuilder)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(item.RawType), item, column)!;

    /// <summary>Adds the term or terms of the row that the cursor is on.</summary>
    public abstract Action Over(DataViewRow row, DataViewSchema.Column column);

    public abstract TermMap Build();

    private sealed class Typed<T>(PrimitiveDataViewType item, KeyColumn options) : TermMapBuilder
        where T : notnull
    {
        private readonly List<T> _terms = [];
        private readonly HashSet<T> _seen = new(TermComparer<T>.Equality);

        public override Action Over(DataViewRow row, DataViewSchema.Column column)
        {
            if (column.Type is not VectorDataViewType)
            {
                ValueGetter<T> scalar = row.GetGetter<T>(column);
                T term = default!;
                return () =>
                {
                    scalar(ref term);
                    Add(term);
                };
            }

            ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
            VBuffer<T> terms = default, dense = default;
            return () =>
            {
                getter(ref terms);
                if (!terms.IsDense)
                    terms.CopyToDense(ref dense);
                foreach (T term in (terms.IsDense ? terms : dense).GetValues())
                    Add(term);
            };
        }

        public override TermMap Build()
        {
            if (options.Ordinality == ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
                _terms.Sort(TermComparer<T>.Order);
            return new TermMap<T>(item, options.AsText, [.. _terms]);
        }

        private void Add(T term)
        {
            if (_terms.Count >= options.MaximumNumberOfKeys || _seen.Contains(term) || IsMissing(term))
                return;

            T owned = TermComparer<T>.Owned(term);
            _seen.Add(owned);
            _terms.Add(owned);
        }

        private bool IsMissing(T term) => item is KeyDataViewType ? term.Equals(default(T)) : TermComparer<T>.IsMissing(term);
    }
}
