namespace Microsoft.ML;

/// <summary>Puts a value of the current row into <paramref name="value"/>, reusing what is there where it can.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);
