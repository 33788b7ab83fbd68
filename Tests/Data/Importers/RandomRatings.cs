using System.Text;
using Data.Importers;
using Data.Text;
using Data.Storage;

namespace Tests.Data.Importers;

/// <summary>Files of ratings of all kinds of rows, good and bad, by a seed.</summary>
internal sealed class RandomRatings
{
    private static readonly string[] Users = ["1", "2", "3", "41", "7654321", "76543210", "123456789", "007", "ann", "long-user-name", "a,b", "c:d", "é", "", "a\"b"];
    private static readonly string[] Items = ["1", "10", "200", "4000001", "7654321", "12345678901", "007", "0", "00", "99", "i", "x,y", "", "q\"q"];
    private static readonly string[] Ratings = ["4", "4.5", "0.5", "5", "3.25", "5.5", "0", "9.9", "1e0", "-1", "x", "", "4.", ".5", "10"];
    private static readonly string[] Times = ["978300760", "1112486027", "0", "12345678", "-1", "1", "123456789012", "123456789012345", "1234567890123456", "12345678901234567", "1234567890123456789", "1.5", "", "9x"];
    private static readonly string[] Whole = ["", "", "\r", "a", ",", "::", "\t", "\"", "\"open", "1,\"two\nlines\",4,5", "1,2,3", "1,10,4,5,6", "\"1\",\"10\",\"4\",\"5\"", "\"1\"x,10,4,5", "1,1\"0,4,5", "1,\"10\n\",4,5"];

    private readonly Random random;

    /// <param name="seed">of everything</param>
    /// <param name="most">fewer rows than that</param>
    public RandomRatings(int seed, int most = 40)
    {
        random = new Random(seed);
        bool listed = random.Next(2) == 0;
        RecordFormat format = random.Next(3) switch { 0 => RecordFormat.Tabs, 1 => RecordFormat.Colons, _ => RecordFormat.Csv };
        bool reordered = random.Next(6) == 0;
        Layout = new RatingsLayout(format, 4, User: reordered ? 1 : 0, Item: reordered ? 0 : 1, Rating: 2, Time: 3, "user, item, rating, time")
        {
            HeaderLines = random.Next(2),
            MinRating = 0.5f,
            MaxRating = listed ? 5 : float.PositiveInfinity,
            NumericIds = listed,
            ItemsFile = listed ? "movies.csv" : null,
            AllowRepeats = random.Next(3) > 0,
        };
        Content = Make(random.Next(most));
    }

    public RatingsLayout Layout { get; }

    public byte[] Content { get; }

    /// <summary>The listed items; empty where the rows name them.</summary>
    public NameTable NewItems()
    {
        var items = new NameTable();
        foreach (string item in Layout.ItemsFile is null ? [] : Items.Where(item => item.Length > 0 && item.All(char.IsAsciiDigit) && item != "99"))
            items.FindOrAdd(Encoding.UTF8.GetBytes(item), out _);
        return items;
    }

    private byte[] Make(int rows)
    {
        var text = new MemoryStream();
        if (random.Next(4) == 0)
            text.Write("\uFEFF"u8);
        string end = random.Next(2) == 0 ? "\n" : "\r\n";
        bool calm = random.Next(3) == 0;
        string user = "1";
        for (int row = 0; row < rows; row++)
        {
            if (!calm && random.Next(8) == 0)
            {
                text.Write(Encoding.UTF8.GetBytes(Whole[random.Next(Whole.Length)]));
            }
            else
            {
                user = random.Next(3) > 0 ? user : Of(Users, 4);
                string[] fields = [user, Of(Items, 3), Of(Ratings, 5), Of(Times, 4)];
                if (Layout.User == 1)
                    (fields[0], fields[1]) = (fields[1], fields[0]);
                string delimiter = Layout.Format.Doubled ? "::" : ((char)Layout.Format.Delimiter).ToString();
                text.Write(Encoding.UTF8.GetBytes(string.Join(delimiter, fields.Select(Quote))));
            }

            if (!calm && random.Next(30) == 0)
                text.WriteByte(0xFF);
            if (row + 1 < rows || random.Next(3) > 0)
                text.Write(Encoding.UTF8.GetBytes(random.Next(20) == 0 ? "\n\n" : end));
        }

        return text.ToArray();

        string Of(string[] values, int common) => values[calm || random.Next(5) > 0 ? random.Next(common) : random.Next(values.Length)];
    }

    private string Quote(string field) => Layout.Format.Quotes && (random.Next(12) == 0 || field.AsSpan().IndexOfAny(",\"\n") >= 0)
        ? "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
        : field;
}
