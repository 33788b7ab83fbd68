using System.Text;

namespace Tests.Workbench.Experiments.Broken;

/// <summary>Files with one mistake each, made from right files by rule: a key or value of every line is spoilt in every way that fits it.</summary>
internal static class BrokenFiles
{
    private static readonly RightFile[] Right = [new("example", ExampleFile.Text), new("search", SearchFile.Text)];

    public static IReadOnlyDictionary<string, BrokenFile> All { get; } = Make().ToDictionary(file => file.Name);

    private static IEnumerable<BrokenFile> Make() => [.. Right.SelectMany(OfLines), .. Right.SelectMany(OfBytes), .. SearchMistakes.All];

    private static IEnumerable<BrokenFile> OfLines(RightFile file)
    {
        foreach ((int line, int indent, string key, string value) in file.Keys)
        {
            BrokenFile Broken(string what, string text, int at) => new($"{file.Name}, line {at + 1}: {what} `{key}`", text, at + 1);
            string start = file.Lines[line][..indent];

            // Every name is a model's.
            if (!key.StartsWith("gpt", StringComparison.Ordinal))
                yield return Broken("misspelt", file.With(line, $"{start}{Misspelt(key)}{file.Lines[line][(indent + key.Length)..]}"), line);
            yield return Broken("without a colon", file.With(line, $"{start}{key} {value}"), line);
            if (indent > 0 && !start.Contains('-'))
            {
                yield return Broken("tab before", file.With(line, $"\t{key}: {value}"), line);
                // Between two lines of unlike indentation the deeper one is told.
                yield return Broken("no indentation of", file.With(line, file.Lines[line][indent..]), file.IndentOf(file.EndOf(line)) > 0 ? file.EndOf(line) : line);
            }

            if (value.Length == 0)
                continue;
            yield return Broken("given again", file.With(line, $"{file.Lines[line]}\n{new string(' ', indent)}{key}: {value}"), line + 1);
            yield return Broken("anchor in", file.WithValue(line, indent, key, $"&x {value}"), line);
            yield return Broken("alias in", file.WithValue(line, indent, key, "*x"), line);
            yield return Broken("tag in", file.WithValue(line, indent, key, $"!x {value}"), line);
            yield return Broken("list of lists in", file.WithValue(line, indent, key, "[[[1]]]"), line);
            yield return Broken("mapping in", file.WithValue(line, indent, key, "{ xyzzy: 1 }"), line);
            yield return Broken("quote left open in", file.Before(line) + $"{start}{key}: \"{value.Replace("\"", "", StringComparison.Ordinal)}", line);
            yield return Broken("bracket left open in", file.Before(line) + $"{start}{key}: [{value.Trim('[', ']')}", line);
            if (IsNumber(value))
            {
                yield return Broken("words for", file.WithValue(line, indent, key, "many"), line);
                yield return Broken("quotes around", file.WithValue(line, indent, key, $"\"{value}\""), line);
                yield return Broken("far too much", file.WithValue(line, indent, key, "-1e300"), line);
                yield return Broken("a comma in", file.WithValue(line, indent, key, $"{value},5"), line);
            }
        }
    }

    private static IEnumerable<BrokenFile> OfBytes(RightFile file)
    {
        foreach (int line in Enumerable.Range(0, file.Lines.Length).Where(line => line % 7 == 3))
        {
            byte[] before = Encoding.UTF8.GetBytes(file.Before(line) + file.Lines[line]), after = Encoding.UTF8.GetBytes("\n" + file.Join(file.Lines.Skip(line + 1)));
            BrokenFile Broken(string what, byte[] bytes) => new($"{file.Name}, line {line + 1}: {what}", [.. before, .. bytes, .. after], line + 1);
            yield return Broken("zero byte", [0]);
            yield return Broken("escape", [0x1B, (byte)'[']);
            yield return Broken("Latin-1", [0xE9, (byte)' ']);
            yield return Broken("half a character", [0xE2, 0x82]);
            yield return Broken("byte order mark in the middle", [0xEF, 0xBB, 0xBF]);
            yield return new($"{file.Name}, line {line + 2}: deep nesting", file.Before(line + 1) + "deep: " + new string('[', 40) + new string(']', 40) + "\n" + file.Join(file.Lines.Skip(line + 1)), line + 2);
            yield return new($"{file.Name}, line {line + 2}: a second document", file.Before(line + 1) + "---\n" + file.Join(file.Lines.Skip(line + 1)), line + 2);
        }

        string text = file.Join(file.Lines);
        yield return new($"{file.Name}: UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)], 1);
        yield return new($"{file.Name}: UTF-16, big end first", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)], 1);
        yield return new($"{file.Name}: UTF-32", [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(text)], 1);
        yield return new($"{file.Name}: compressed", [0x1F, 0x8B, 8, 0, .. Encoding.UTF8.GetBytes(text)], 1);
        yield return new($"{file.Name}: huge by comments", text + string.Concat(Enumerable.Repeat("# nothing to see here, move along please\n", 30_000)), 1);
        yield return new($"{file.Name}: huge by rows", text + "further:\n" + string.Concat(Enumerable.Repeat("  - item2vec: { dimension: 8 }\n", 40_000)), 1);
        yield return new($"{file.Name}: a key of half a megabyte", text + new string('k', 500_000) + ": 1\n", file.Lines.Length + 1);
        yield return new($"{file.Name}: a value of half a megabyte", text + "threads: " + new string('9', 500_000) + "\n", file.Lines.Length + 1);
    }

    /// <summary>Two letters change places, or the only one changes.</summary>
    private static string Misspelt(string key)
    {
        char[] letters = key.ToCharArray();
        for (int i = letters.Length - 2; i > 0; i--)
        {
            if (letters[i] != letters[i + 1] && char.IsLetter(letters[i]) && char.IsLetter(letters[i + 1]))
            {
                (letters[i], letters[i + 1]) = (letters[i + 1], letters[i]);
                return new string(letters);
            }
        }

        return key + "x";
    }

    private static bool IsNumber(string value) => value.Length > 0 && value.All(letter => char.IsAsciiDigit(letter) || letter is '.' or 'e' or '-');
}
