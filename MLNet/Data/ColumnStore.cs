namespace Microsoft.ML.Data;

/// <summary>Values of one column kept in memory, by slot.</summary>
internal abstract class ColumnStore
{
    public static ColumnStore For(DataViewType type) => type is VectorDataViewType vector
        ? (ColumnStore)Activator.CreateInstance(typeof(VectorStore<>).MakeGenericType(vector.ItemType.RawType))!
        : (ColumnStore)Activator.CreateInstance(typeof(ScalarStore<>).MakeGenericType(type.RawType))!;

    /// <summary>Keeps the row's current value in a slot.</summary>
    public abstract Action<int> Keep(DataViewRow row, DataViewSchema.Column column);

    /// <summary>A getter of the slot that <paramref name="slot"/> tells.</summary>
    public abstract Delegate MakeGetter(Func<int> slot);

    /// <summary>Exchanges two slots.</summary>
    public abstract void Swap(int a, int b);

    private abstract class Typed<T> : ColumnStore
    {
        private T[] _values = new T[16];

        public override Action<int> Keep(DataViewRow row, DataViewSchema.Column column)
        {
            ValueGetter<T> getter = row.GetGetter<T>(column);
            return slot =>
            {
                if (slot >= _values.Length)
                    Array.Resize(ref _values, checked(Math.Max(slot + 1, _values.Length * 2)));
                getter(ref _values[slot]);
            };
        }

        public override Delegate MakeGetter(Func<int> slot) => (ValueGetter<T>)((ref T value) => Copy(ref _values[slot()], ref value));

        public override void Swap(int a, int b) => (_values[a], _values[b]) = (_values[b], _values[a]);

        protected abstract void Copy(ref T source, ref T destination);
    }

    private sealed class ScalarStore<T> : Typed<T>
    {
        protected override void Copy(ref T source, ref T destination) => destination = source;
    }

    private sealed class VectorStore<T> : Typed<VBuffer<T>>
    {
        protected override void Copy(ref VBuffer<T> source, ref VBuffer<T> destination) => source.CopyTo(ref destination);
    }
}
