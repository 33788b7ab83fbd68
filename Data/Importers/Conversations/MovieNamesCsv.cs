using System.Text;
using Trainers;

namespace Data.Importers.Conversations;

/// <summary>
/// movies.csv of ReDIAL: <c>movieId,movieName</c>, names in quotes where they hold commas. As published, in movies_with_mentions.csv, the header has a
/// third column, how often the movie is mentioned, which is not read.
/// </summary>
internal static class MovieNamesCsv
{
    private const string Remedy = "expected movieId,movieName; mend the line, or skip bad rows";

    /// <exception cref="UserErrorException">A line is no pair of id and name, or not UTF-8, and bad rows are not skipped.</exception>
    public static IEnumerable<(string Id, string Name)> Read(string path, ImportNotes notes)
    {
        byte[] bytes = File.ReadAllBytes(path);
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        var seen = new HashSet<string>();
        (int start, long number, int further) = (bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0, 0, 0);
        if (start == bytes.Length)
            throw new UserErrorException("the file is empty: restore it from its source", path);
        for (; start < bytes.Length; number++)
        {
            int length = bytes.AsSpan(start).IndexOf((byte)'\n');
            length = length < 0 ? bytes.Length - start : length;
            string? line = Decode(bytes.AsSpan(start, length), strict);
            start += length + 1;
            if (number == 0)
                further = Math.Max(0, (line?.Count(letter => letter == ',') ?? 0) - 1);
            if (number == 0 || line?.Length == 0)
                continue;
            if (line is null)
                notes.Refuse(new UserErrorException("a byte that is not UTF-8: convert the file to UTF-8, or skip bad rows", path, number + 1));
            else if (Pair(line, further) is not { } pair)
                notes.Refuse(new UserErrorException($"\"{line}\" is no row: {Remedy}", path, number + 1));
            else if (!seen.Add(pair.Id))
                notes.Refuse(new UserErrorException($"movie {pair.Id} is listed twice: remove one line, or skip bad rows", path, number + 1));
            else
                yield return pair;
        }
    }

    private static string? Decode(ReadOnlySpan<byte> line, UTF8Encoding strict)
    {
        try
        {
            return strict.GetString(line).TrimEnd('\r');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <param name="line">of the file</param>
    /// <param name="further">columns after the name</param>
    private static (string Id, string Name)? Pair(string line, int further)
    {
        for (; further > 0; further--)
        {
            int last = line.LastIndexOf(',');
            if (last < 0 || line.AsSpan(last + 1).Contains('"'))
                return null;
            line = line[..last];
        }

        int comma = line.IndexOf(',', StringComparison.Ordinal);
        if (comma <= 0 || comma == line.Length - 1)
            return null;
        string id = line[..comma].Trim(), rest = line[(comma + 1)..];
        if (rest[0] != '"')
            return rest.Contains(',', StringComparison.Ordinal) ? null : (id, rest);

        var name = new StringBuilder();
        for (int i = 1; i < rest.Length; i++)
        {
            if (rest[i] != '"')
                name.Append(rest[i]);
            else if (i + 1 < rest.Length && rest[i + 1] == '"')
                name.Append(rest[i++]);
            else
                return i + 1 == rest.Length ? (id, name.ToString()) : null;
        }

        return null;
    }
}
