using System.Text;

namespace Workbench.Experiments.Yaml;

/// <summary>Bytes to text, with the checks that come before any YAML: encoding, control characters, size, tabs.</summary>
internal static class YamlText
{
    /// <summary>An experiment of a thousand rows is far smaller.</summary>
    public const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, without a byte order mark.</summary>
    /// <exception cref="YamlSyntaxException">The bytes are no text that could be YAML; the mark is the first bad byte.</exception>
    public static string Decode(byte[] bytes, YamlSource source)
    {
        if (bytes.Length > MaxBytes)
            throw new YamlSyntaxException(new YamlMark(source, 1, 1), "the file is larger than 1 MB: is it an experiment file?");
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new YamlSyntaxException(new YamlMark(source, 1, 1), "the file is UTF-16: save it as UTF-8");

        ReadOnlySpan<byte> content = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsSpan(3) : bytes;
        int good = CountOfGood(content);
        string text = Strict.GetString(content[..good]);
        CheckCharacters(text, source);
        if (good < content.Length)
            throw new YamlSyntaxException(MarkOf(text, text.Length, source), $"the byte 0x{content[good]:X2} is not UTF-8: save the file as UTF-8");
        return text;
    }

    /// <summary>Refuses control characters anywhere and tabs in the indentation.</summary>
    /// <exception cref="YamlSyntaxException">There is one.</exception>
    public static void CheckCharacters(string text, YamlSource source)
    {
        bool indentation = true;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\t' && indentation)
                throw new YamlSyntaxException(MarkOf(text, i, source), "a tab in the indentation: YAML indents with spaces only");
            if (c is '\uFEFF' or '\uFFFE' or '\uFFFF' || (char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\u0085')))
                throw new YamlSyntaxException(MarkOf(text, i, source), $"the control character U+{(int)c:X4} is not allowed: is this a text file?");
            if (c is '\n' or '\r')
                indentation = true;
            else if (c is not (' ' or '-' or '\t'))
                indentation = false;
        }
    }

    /// <summary>The place of a position; a line ends with LF, CR LF or CR.</summary>
    private static YamlMark MarkOf(string text, int position, YamlSource source)
    {
        (int line, int start) = (1, 0);
        for (int i = 0; i < position; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n')))
                (line, start) = (line + 1, i + 1);
        }

        return new YamlMark(source, line, position - start + 1);
    }

    private static int CountOfGood(ReadOnlySpan<byte> content)
    {
        int position = 0;
        while (position < content.Length)
        {
            if (Rune.DecodeFromUtf8(content[position..], out _, out int consumed) != System.Buffers.OperationStatus.Done)
                return position;
            position += consumed;
        }

        return position;
    }
}
