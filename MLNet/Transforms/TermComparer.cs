using System.Globalization;

namespace Microsoft.ML.Transforms;

/// <summary>How terms are compared: texts by their characters' codes, all else by its type's own order.</summary>
internal static class TermComparer<T>
{
    private static readonly TextComparer s_text = new();

    public static IEqualityComparer<T>? Equality { get; } = s_text as IEqualityComparer<T>;

    public static IComparer<T> Order { get; } = s_text as IComparer<T> ?? Comparer<T>.Default;

    /// <summary>Terms that get no key: empty text and NaN.</summary>
    public static bool IsMissing(T term) => term switch
    {
        ReadOnlyMemory<char> text => text.IsEmpty,
        float number => float.IsNaN(number),
        double number => double.IsNaN(number),
        _ => false,
    };

    /// <summary>A term that may be kept: text in memory of its own.</summary>
    public static T Owned(T term) => term is ReadOnlyMemory<char> text ? (T)(object)text.ToString().AsMemory() : term;

    public static ReadOnlyMemory<char> TextOf(T term) => Convert.ToString(term, CultureInfo.InvariantCulture).AsMemory();

    /// <summary>The raw value of a term that is a key.</summary>
    public static ulong KeyOf(T term) => Convert.ToUInt64(term, CultureInfo.InvariantCulture);

    private sealed class TextComparer : IEqualityComparer<ReadOnlyMemory<char>>, IComparer<ReadOnlyMemory<char>>
    {
        public bool Equals(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<char> text) => string.GetHashCode(text.Span);

        public int Compare(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceCompareTo(y.Span);
    }
}
