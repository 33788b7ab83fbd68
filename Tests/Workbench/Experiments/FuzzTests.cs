using System.Text;
using Tests.Workbench.Experiments.Broken;
using Workbench.Experiments;
using Workbench.Experiments.Yaml;

namespace Tests.Workbench.Experiments;

/// <summary>Whatever the bytes are, the answer is an experiment or lines that say what is wrong.</summary>
public sealed class FuzzTests
{
    private static readonly byte[] Tokens = Encoding.UTF8.GetBytes(":-[]{},#&*!|>'\"%@`?\\ \n\t\r.~=<0123abcé\u2028");

    private static void AssertAnswered(byte[] bytes, params string[] settings)
    {
        ExperimentFileResult result;
        try
        {
            result = ExperimentFile.Read(bytes, new YamlSource("f.yaml", Path.GetFullPath("/data"), 0), settings, TestCatalogs.All);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{Convert.ToBase64String(bytes)} {string.Join(' ', settings)}", exception);
        }

        Assert.True(result.Experiment is null == result.Errors.Count > 0);
        foreach (FileError error in result.Errors)
        {
            string line = error.ToString();
            Assert.DoesNotContain(line, char.IsControl);
            Assert.True(line.StartsWith("f.yaml:", StringComparison.Ordinal) || line.StartsWith("--set ", StringComparison.Ordinal), line);
        }
    }

    public static TheoryData<string> Files => [ExampleFile.Text, SearchFile.Text];

    [Theory]
    [MemberData(nameof(Files))]
    public void Mutated_files_are_answered(string text)
    {
        byte[] good = Encoding.UTF8.GetBytes(text);
        for (int seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            List<byte> bytes = [.. good];
            for (int change = random.Next(1, 6); change > 0; change--)
                Mutate(bytes, random);
            AssertAnswered([.. bytes]);
        }
    }

    [Fact]
    public void Random_bytes_are_answered()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(0, 200)];
            for (int i = 0; i < bytes.Length; i++)
                bytes[i] = random.Next(8) == 0 ? (byte)random.Next(256) : Tokens[random.Next(Tokens.Length)];
            AssertAnswered(bytes);
        }
    }

    [Fact]
    public void Random_settings_are_answered()
    {
        byte[] good = Encoding.UTF8.GetBytes(ExampleFile.Text);
        string[] parts = ["trainers", "0", "1", "99999999999", "matrix-factorization", "dimension", "llms", "gpt-3", "5-turbo", "dataset", "path", "seeds", "", "=", "[1, 2]", "{ a: b }", "{", "~", "x: y"];
        for (int seed = 0; seed < 1500; seed++)
        {
            var random = new Random(seed);
            string key = string.Join('.', Enumerable.Range(0, random.Next(1, 5)).Select(_ => parts[random.Next(parts.Length)]));
            AssertAnswered(good, $"{key}={parts[random.Next(parts.Length)]}", $"{parts[random.Next(parts.Length)]}={parts[random.Next(parts.Length)]}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_beginning_of_a_file_is_answered(string text)
    {
        byte[] good = Encoding.UTF8.GetBytes(text);
        for (int length = 0; length <= good.Length; length++)
            AssertAnswered(good[..length]);
    }

    private static void Mutate(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count);
        byte token = random.Next(4) == 0 ? (byte)random.Next(256) : Tokens[random.Next(Tokens.Length)];
        switch (random.Next(5))
        {
            case 0:
                bytes[at] = token;
                break;
            case 1:
                bytes.Insert(at, token);
                break;
            case 2:
                bytes.RemoveAt(at);
                break;
            case 3:
                bytes.RemoveRange(at, Math.Min(random.Next(40), bytes.Count - at - 1));
                break;
            default:
                bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count / 2), random.Next(60)));
                break;
        }
    }
}
