using System.Text.Encodings.Web;
using System.Text.Json;
using Trainers;

namespace Data.Storage;

/// <summary>Files with one JSON object per line.</summary>
internal static class JsonLines
{
    /// <summary>Reads one line into a record.</summary>
    public delegate T Parser<out T>(ref JsonLine line);

    /// <summary>Text stays readable: only what JSON demands is escaped.</summary>
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write<T>(IEnumerable<T> rows, Stream destination, Action<Utf8JsonWriter, T> write, CancellationToken cancellation)
    {
        using var writer = new Utf8JsonWriter(destination, Format);
        foreach (T row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            writer.WriteStartObject();
            write(writer, row);
            writer.WriteEndObject();
            writer.Flush();
            writer.Reset();
            destination.WriteByte((byte)'\n');
        }
    }

    /// <summary>Blank lines are errors: they are what is left of a lost line.</summary>
    /// <param name="path">the file</param>
    /// <param name="skipped">what becomes of malformed lines</param>
    /// <param name="parse">stands on the start of an object; goes up to its end</param>
    /// <param name="add">takes the record and may refuse it</param>
    /// <param name="cancellation">looked at before each line</param>
    public static void Read<T>(
        string path, SkippedRows skipped, Parser<T> parse, Action<T, Func<string, UserErrorException>> add, CancellationToken cancellation)
    {
        using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var lines = new LineReader(source);
        while (lines.Next(out ReadOnlySpan<byte> text))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var line = new JsonLine(text, path, lines.Line);
                line.RequireObject();
                T row = parse(ref line);
                line.RequireEnd();
                add(row, what => new UserErrorException(what, path, lines.Line));
            }
            catch (UserErrorException error)
            {
                skipped.Add(error);
            }
        }
    }
}
