namespace Microsoft.ML;

/// <summary>Where extensions for transforms hang.</summary>
public sealed class TransformsCatalog
{
    internal TransformsCatalog() => Conversion = new();

    /// <summary>Conversions of values.</summary>
    public ConversionTransforms Conversion { get; }

    /// <summary>Where extensions for conversions hang.</summary>
    public sealed class ConversionTransforms
    {
        internal ConversionTransforms()
        {
        }
    }
}
