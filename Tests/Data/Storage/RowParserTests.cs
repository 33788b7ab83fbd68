using System.Globalization;
using System.Text;
using Data.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Data.Storage;

public class RowParserTests
{
    private static readonly string[] Users = ["a", "b", "a,b", "long:user:name", ""];
    private static readonly string[] Items = ["m0", "m1", "m\"2", "m3", "unknown"];
    private static readonly string[] Ratings = ["4", "4.5", "0.5", "10", "", "3.14159", "-1", "1e1", "00", "4.", ".5", "x", "4 ", "9.9", "16777217.5", "0.1234567"];
    private static readonly string[] Times = ["0", "978300760", "-1", "9223372036854775807", "9223372036854775808", "", "12x", "+3", "000000000000000000012"];

    [Fact]
    public void Every_row_is_read_as_a_plain_parser_reads_it() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            var random = new Random(seed);
            string Of(string[] values, int common) => values[random.Next(3) > 0 ? random.Next(common) : random.Next(values.Length)];
            var rows = Enumerable.Range(0, 40).Select(_ => (User: Of(Users, 2), Item: Of(Items, 2), Rating: Of(Ratings, 4), Time: Of(Times, 2))).ToList();
            string end = seed % 2 == 0 ? "\n" : "\r\n";
            string text = string.Join(end, rows.Select(row => $"{Quote(row.User)},{Quote(row.Item)},{row.Rating},{row.Time}")) + (seed % 3 == 0 ? "" : end);

            var names = new NameTable();
            foreach (string item in Items[..^1])
                names.FindOrAdd(Encoding.UTF8.GetBytes(item), out _);
            using RowBlock block = new RowParser(names).Parse(Encoding.UTF8.GetBytes(text), goOn: true);

            var expected = rows.Where(IsGood).Select(row => (row.User, Array.IndexOf(Items, row.Item), Rating(row.Rating), long.Parse(row.Time, CultureInfo.InvariantCulture)));
            string[] users = block.Names.ToStrings();
            var actual = Enumerable.Range(0, block.Count).Select(row => (users[block.Users[row]], block.Items[row], block.Ratings[row], block.Times[row]));
            Assert.Equal(expected, actual);
            Assert.Equal(Enumerable.Range(0, rows.Count).Where(row => !IsGood(rows[row])), block.Errors.Select(error => error.Line));
            Assert.Equal(rows.Count, block.Lines);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Names_are_numbered_in_the_order_in_which_they_come()
    {
        var table = new NameTable();
        string[] names = [.. Enumerable.Range(0, 10_000).Select(i => $"{i * 7919}:{new string('x', i % 19)}"), "", "\0", "\0\0"];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < names.Length; i++)
            {
                Assert.Equal(i, table.FindOrAdd(Encoding.UTF8.GetBytes(names[i]), out bool isNew));
                Assert.Equal(pass == 0, isNew);
            }
        }

        Assert.Equal(names, table.ToStrings());
        Assert.Equal(-1, table.Find("absent"u8));
    }

    private static bool IsGood((string User, string Item, string Rating, string Time) row) =>
        row.User.Length > 0 && row.Item != "unknown" && !(row.Rating is "x" or "4 ")
        && long.TryParse(row.Time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) && !row.Time.StartsWith('+');

    private static float Rating(string text) => text.Length == 0 ? float.NaN : float.Parse(text, CultureInfo.InvariantCulture);

    private static string Quote(string id) => id.Contains(',') || id.Contains('"') ? $"\"{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : id;
}
