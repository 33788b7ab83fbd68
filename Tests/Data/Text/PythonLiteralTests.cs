using System.Text;
using Data.Text;
using Trainers.Sampling;

namespace Tests.Data.Text;

/// <summary>Expected values are what Python 3 makes of the same source.</summary>
public sealed class PythonLiteralTests
{
    [Theory]
    [InlineData("""['USER', "it's"]""", "USER", "it's")]
    [InlineData("""['it\'s "so"', "a \"b\""]""", "it's \"so\"", "a \"b\"")]
    [InlineData("""[ 'a' , 'b' , ]""", "a", "b")]
    [InlineData("""('a', "b")""", "a", "b")]
    [InlineData("""['x\ny\tz\\n\r', '\a\b\f\v']""", "x\ny\tz\\n\r", "\a\b\f\v")]
    [InlineData("""['\xe9\u2026\U0001f600', '\ud83d\ude00']""", "é…😀", "😀")]
    [InlineData("""['lone \ud83d here', '\x00\101\60']""", "lone \uFFFD here", "\0A0")]
    [InlineData("""['\d \w stay', '€ too']""", "\\d \\w stay", "€ too")]
    [InlineData("['two\nlines', 'one \\\nline']", "two\nlines", "one line")]
    [InlineData("[]")]
    [InlineData("()")]
    [InlineData("")]
    [InlineData("  ")]
    public void Lists_of_texts_are_read(string source, params string[] texts) => Assert.Equal(texts, PythonLiteral.Texts(Encoding.UTF8.GetBytes(source)));

    [Theory]
    [InlineData("['USER', 'it's']")]
    [InlineData("['a'")]
    [InlineData("['a")]
    [InlineData("['a\\")]
    [InlineData("['a', ")]
    [InlineData("['a' 'b']")]
    [InlineData("['a')")]
    [InlineData("['a'] and more")]
    [InlineData("[,]")]
    [InlineData("['a', None]")]
    [InlineData("['a', 3]")]
    [InlineData("[['a']]")]
    [InlineData("['\\xe']")]
    [InlineData("['\\u12']")]
    [InlineData("['\\U00110000']")]
    [InlineData("'a'")]
    [InlineData("nan")]
    public void What_is_no_list_of_texts_is_not_taken_for_one(string source) => Assert.Null(PythonLiteral.Texts(Encoding.UTF8.GetBytes(source)));

    [Fact]
    public void Lists_of_lists_are_read()
    {
        Assert.Equal((List<List<string>>)[["USER", "a, ['b']"], ["SYSTEM", ""]], PythonLiteral.Lists("""[['USER', "a, ['b']"], ('SYSTEM', '')]"""u8)!);
        Assert.Empty(PythonLiteral.Lists("[]"u8)!);
        Assert.Null(PythonLiteral.Lists("['a']"u8));
        Assert.Null(PythonLiteral.Lists("[['a'], ]]"u8));
        Assert.Null(PythonLiteral.Lists("[['a'] ['b']]"u8));
    }

    [Fact]
    public void What_Python_would_write_is_read_back()
    {
        string[] pieces = ["'", "\"", "\\", "\n", "\r\n", "\t", "é", "’", "😀", "\u0085", "\u200b", "tt0113277", "[", "]", ",", " ", "\0", "x"];
        var random = new SplitMix64(5);
        for (int trial = 0; trial < 300; trial++)
        {
            string[] texts = [.. Enumerable.Range(0, random.NextInt(4)).Select(_ => string.Concat(Enumerable.Range(0, random.NextInt(12)).Select(_ => pieces[random.NextInt(pieces.Length)])))];
            Assert.Equal(texts, PythonLiteral.Texts(Encoding.UTF8.GetBytes(PythonText.Repr(texts))));
            Assert.Equal((List<List<string>>)[[.. texts], [.. texts]], PythonLiteral.Lists(Encoding.UTF8.GetBytes($"[{PythonText.Repr(texts)}, {PythonText.Repr(texts)}]"))!);
        }
    }

    [Fact]
    public void Damaged_literals_are_read_or_refused_but_never_fail()
    {
        byte[] source = Encoding.UTF8.GetBytes(PythonText.Repr("it's", "a \"b\" 😀\n", "\\"));
        var random = new SplitMix64(6);
        int refused = 0;
        for (int trial = 0; trial < 2000; trial++)
        {
            byte[] damaged = [.. source];
            damaged[random.NextInt(damaged.Length)] = (byte)(32 + random.NextInt(95));
            refused += PythonLiteral.Texts(damaged.AsSpan(0, 1 + random.NextInt(damaged.Length))) is null ? 1 : 0;
        }

        Assert.InRange(refused, 1000, 2000);
    }
}
