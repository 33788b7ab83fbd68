using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Trainers;

namespace Data.Importers.Conversations;

/// <summary>Reads a file of one JSON value per line, a line at a time: memory holds one line.</summary>
internal static class JsonLines
{
    private const string Remedy = "restore the file from its source, or skip bad rows";

    /// <summary>The rows in order. A row is valid until the next one is asked for.</summary>
    /// <param name="path">the file</param>
    /// <param name="notes">told of malformed rows</param>
    /// <param name="cancellation">looked at between rows</param>
    /// <param name="skipped">called for each row that is left out, in its turn</param>
    /// <exception cref="UserErrorException">The file is missing or empty, or a line is no UTF-8 or no JSON and bad rows are not skipped.</exception>
    public static IEnumerable<JsonRow> Read(string path, ImportNotes notes, CancellationToken cancellation, Action? skipped = null)
    {
        int index = 0;
        foreach (ReadOnlyMemory<byte> line in Lines(path, cancellation))
        {
            using JsonDocument? document = Parse(line, path, index + 1, notes);
            if (document is not null)
                yield return new JsonRow(path, index + 1, index, document.RootElement);
            else
                skipped?.Invoke();
            index++;
        }

        if (index == 0)
            throw new UserErrorException("the file is empty: " + Remedy, path);
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> line, string path, long number, ImportNotes notes)
    {
        if (!Utf8.IsValid(line.Span))
        {
            notes.Refuse(new UserErrorException("a byte that is not UTF-8: convert the file to UTF-8, or skip bad rows", path, number, FirstInvalid(line.Span) + 1));
            return null;
        }

        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException error)
        {
            int column = (int)(error.BytePositionInLine ?? 0) + 1;
            string what = line.Span.Trim(" \t"u8).IsEmpty ? "an empty line: " : column > line.Length ? "the JSON is cut off: " : "not JSON: ";
            notes.Refuse(new UserErrorException(what + Remedy, path, number, column, error));
            return null;
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(string path, CancellationToken cancellation)
    {
        using FileStream file = Open(path);
        byte[] buffer = new byte[1 << 16];
        (int start, int end, bool first) = (0, 0, true);
        while (true)
        {
            int length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length < 0)
            {
                if (start > 0)
                    buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
                if (end == buffer.Length)
                    Array.Resize(ref buffer, buffer.Length * 2);
                int read = file.Read(buffer, end, buffer.Length - end);
                end += read;
                if (read > 0)
                    continue;
                if (end == 0)
                    yield break;
                length = end;
            }

            cancellation.ThrowIfCancellationRequested();
            ReadOnlyMemory<byte> line = buffer.AsMemory(start, length);
            start = Math.Min(end, start + length + 1);
            if (first && line.Span.StartsWith("\uFEFF"u8))
                line = line[3..];
            first = false;
            yield return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"cannot be read ({error.Message.TrimEnd('.')})", path, inner: error);
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (System.Text.Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == OperationStatus.Done)
            at += length;
        return at;
    }
}
