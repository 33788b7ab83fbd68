using System.Text;
using System.Text.Unicode;
using Trainers;

namespace Data.Text;

/// <summary>UTF-8 without a byte order mark, LF ends; reading accepts a mark and CRLF.</summary>
internal static class Utf8Text
{
    public static UTF8Encoding Strict { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="UserErrorException">A byte is no UTF-8: the message gives its line.</exception>
    public static string Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        RequireValid(bytes, path, 1);
        return Encoding.UTF8.GetString(WithoutMark(bytes));
    }

    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Mark) ? bytes[Mark.Length..] : bytes;

    /// <param name="bytes">text that begins at the start of a line</param>
    /// <param name="path">for the message</param>
    /// <param name="firstLine">its number, 1-based</param>
    /// <exception cref="UserErrorException">A byte is no UTF-8: the message gives its line.</exception>
    public static void RequireValid(ReadOnlySpan<byte> bytes, string path, long firstLine)
    {
        if (Utf8.IsValid(bytes))
            return;

        long line = firstLine;
        for (; ; line++)
        {
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> text = end < 0 ? bytes : bytes[..end];
            if (!Utf8.IsValid(text))
                throw new UserErrorException(Describe(text), path, line);
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>What to say of a line that is not valid UTF-8.</summary>
    public static string Describe(ReadOnlySpan<byte> line)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(line[at..], out _, out int consumed) == System.Buffers.OperationStatus.Done)
            at += consumed;
        return $"byte 0x{line[at]:X2} at column {at + 1} is not valid UTF-8: save the file as UTF-8";
    }
}
