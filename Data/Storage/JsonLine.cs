using System.Text;
using System.Text.Json;
using Data.Text;
using Trainers;
using Trainers.Options;

namespace Data.Storage;

/// <summary>
/// Reads one line's JSON strictly: unknown, repeated and missing keys, other types than expected and text after the
/// end are errors with file:line.
/// </summary>
internal ref struct JsonLine
{
    private readonly string _path;
    private readonly long _line;
    private Utf8JsonReader _reader;

    public JsonLine(ReadOnlySpan<byte> json, string path, long line)
    {
        (_path, _line) = (path, line);
        _reader = new Utf8JsonReader(json);
        if (!System.Text.Unicode.Utf8.IsValid(json))
            throw Error(Utf8Text.Describe(json));
        Read();
    }

    public readonly UserErrorException Error(string what) => new(what, _path, _line);

    /// <summary>Stands on the start of an object.</summary>
    public readonly void RequireObject() => Require(JsonTokenType.StartObject, "an object");

    /// <summary>
    /// Moves to the value of the next key and gives the key's position in <paramref name="keys"/>; -1 after the last.
    /// </summary>
    /// <param name="keys">all keys allowed; those that end in '?' may be missing</param>
    /// <param name="seen">a bit per key, 0 at first</param>
    public int NextKey(ReadOnlySpan<string> keys, ref uint seen)
    {
        Read();
        if (_reader.TokenType == JsonTokenType.EndObject)
        {
            for (int key = 0; key < keys.Length; key++)
            {
                if ((seen & (1u << key)) == 0 && !keys[key].EndsWith('?'))
                    throw Error($"the key `{keys[key]}` is missing");
            }

            return -1;
        }

        for (int key = 0; key < keys.Length; key++)
        {
            if (!_reader.ValueTextEquals(keys[key].AsSpan().TrimEnd('?')))
                continue;
            if ((seen & (1u << key)) != 0)
                throw Error($"the key `{keys[key].TrimEnd('?')}` occurs twice");
            seen |= 1u << key;
            Read();
            return key;
        }

        string unknown = String(JsonTokenType.PropertyName);
        string[] known = [.. keys.ToArray().Select(key => key.TrimEnd('?'))];
        string nearest = NearestName.Of(unknown, known) is { } near ? $"; did you mean `{near}`?" : "";
        throw Error($"there is no key `{unknown}`{nearest} (known: {string.Join(", ", known)})");
    }

    public readonly string String() => String(JsonTokenType.String);

    public readonly long Long()
    {
        Require(JsonTokenType.Number, "a whole number");
        return _reader.TryGetInt64(out long value) ? value : throw Error($"expected a whole number, not `{Encoding.UTF8.GetString(_reader.ValueSpan)}`");
    }

    public readonly int Int() =>
        Long() is var value && value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Error($"{value} is out of range");

    /// <summary>Stands on the start of an array.</summary>
    public readonly void RequireArray() => Require(JsonTokenType.StartArray, "a list");

    /// <summary>Moves to the next element; false after the last.</summary>
    public bool NextElement()
    {
        Read();
        return _reader.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>A list of item ids as item numbers.</summary>
    public int[] Items(NameTable items, List<int> buffer)
    {
        RequireArray();
        buffer.Clear();
        while (NextElement())
        {
            Require(JsonTokenType.String, "an item id");
            int item = _reader.ValueIsEscaped ? items.Find(Encoding.UTF8.GetBytes(String())) : items.Find(_reader.ValueSpan);
            buffer.Add(item >= 0 ? item : throw Error($"the item `{String()}` is not in {DatasetFiles.Items}"));
        }

        return [.. buffer];
    }

    /// <summary>Nothing may follow but white space.</summary>
    public void RequireEnd()
    {
        try
        {
            if (_reader.Read())
                throw Error("text after the end of the JSON object");
        }
        catch (JsonException)
        {
            throw Error("text after the end of the JSON object");
        }
    }

    private readonly string String(JsonTokenType type)
    {
        Require(type, "a text");
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Error("a text has half of a surrogate pair (\\uD800 .. \\uDFFF without its other half)");
        }
    }

    private readonly void Require(JsonTokenType type, string expected)
    {
        if (_reader.TokenType != type)
            throw Error($"expected {expected}, not `{_reader.TokenType}`");
    }

    private void Read()
    {
        try
        {
            if (!_reader.Read())
                throw Error("the line ends in the middle of its JSON");
        }
        catch (JsonException error)
        {
            int end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            string what = end < 0 ? error.Message : error.Message[..end];
            throw new UserErrorException($"not valid JSON: {what}", _path, _line, (int?)error.BytePositionInLine + 1, error);
        }
    }
}
