using System.Text;
using Data.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Data.Text;

public sealed class RecordReaderTests
{
    private static readonly string[] Pieces = ["a", "é", "😀", "\"", ",", "\n", "\r\n", " ", "::", "long enough to cross a buffer", "'", "\t"];

    [Fact]
    public void Whatever_is_written_is_read_whatever_the_buffer()
    {
        Gen<string> field = Gen.Elements(Pieces).ArrayOf().Select(string.Concat);
        Gen<string[][]> tables = field.ArrayOf(3).ArrayOf(5);
        Prop.ForAll(tables.ToArbitrary(), Gen.Choose(16, 64).ToArbitrary(), Gen.Elements("\n", "\r\n").ToArbitrary(), (table, buffer, lineEnd) =>
        {
            // A record of empty fields alone would be a line of commas: still a record.
            string text = string.Concat(table.Select(record => string.Join(',', record.Select(Quote)) + lineEnd));
            Assert.Equal(table, Read(text, buffer));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Lines_are_counted_over_line_ends_in_quotes_and_blank_lines()
    {
        using var reader = new RecordReader(new MemoryStream("a,\"b\nc\n\"\n\n\nd,e\r\n\"bad\nf,g\n"u8.ToArray()), RecordFormat.Csv, 16);
        var seen = new List<(long, int, bool)>();
        while (reader.Read())
            seen.Add((reader.Line, reader.Count, reader.Problem is null));
        Assert.Equal([(1, 2, true), (6, 2, true), (7, 0, false), (8, 2, true)], seen);
    }

    [Fact]
    public void Doubled_delimiters_divide_and_single_ones_do_not()
    {
        using var reader = new RecordReader(new MemoryStream("1::Star: The Trek:: A\n::\n:"u8.ToArray()), RecordFormat.Colons);
        Assert.True(reader.Read());
        Assert.Equal(["1", "Star: The Trek", " A"], [reader.Text(0), reader.Text(1), reader.Text(2)]);
        Assert.True(reader.Read());
        Assert.Equal((2, "", ""), (reader.Count, reader.Text(0), reader.Text(1)));
        Assert.True(reader.Read());
        Assert.Equal((1, ":"), (reader.Count, reader.Text(0)));
        Assert.False(reader.Read());
        Assert.False(reader.Read());
    }

    [Fact]
    public void A_wrong_byte_anywhere_is_a_problem_of_its_record_alone()
    {
        byte[] good = Encoding.UTF8.GetBytes("é,ü\nß,€\n😀,x\n");
        for (int at = 0; at < good.Length; at++)
        {
            byte[] bad = [.. good];
            bad[at] = 0xFF;
            using var reader = new RecordReader(new MemoryStream(bad), RecordFormat.Csv, 16);
            int problems = 0;
            while (reader.Read())
                problems += reader.Problem is null ? 0 : 1;
            Assert.Equal(1, problems);
        }
    }

    private static string[][] Read(string text, int buffer)
    {
        using var reader = new RecordReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), RecordFormat.Csv, buffer);
        var records = new List<string[]>();
        while (reader.Read())
        {
            Assert.Null(reader.Problem);
            records.Add([.. Enumerable.Range(0, reader.Count).Select(reader.Text)]);
        }

        return [.. records];
    }

    private static string Quote(string field) => field.AsSpan().IndexOfAny("\",\r\n") < 0 ? field : "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
