using System.Globalization;
using System.Text;

namespace Evaluation.Export;

/// <summary>Text files that are there whole or not at all: written to a temporary name beside the destination, then renamed. UTF-8, LF.</summary>
public static class AtomicFile
{
    public static void Write(string path, Action<TextWriter> write)
    {
        string temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");
        try
        {
            using (var writer = new StreamWriter(temporary, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
                write(writer);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
