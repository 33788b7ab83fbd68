using System.Globalization;
using System.Text;
using System.Text.Json;
using Data.Text;
using Tests.Data.Text;

namespace Tests.Data.Importers.Conversations.Reddit;

/// <summary>Writes threads as the tables of Reddit-Movie: a row for each post of each path, as pandas' <c>to_csv</c> writes it.</summary>
internal static class RedditTable
{
    public const string Header = "conv_id,turn_id,turn_order,user_id,is_seeker,utc_time,upvotes,processed,raw,context_processed,context_raw,context_turn_ids";

    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["tt0000101"] = "Night Harbor (1982)",
        ["tt0000105"] = "The Paper Lions (2003)",
        ["tt0000107"] = "Salt & Iron (1999)",
        ["tt10001090"] = "It's \"Late\" (2011)",
    };

    public static SampleFolder WithNames(this SampleFolder folder) => folder.With("id2name.json", JsonSerializer.Serialize(Names));

    /// <param name="folder">gets the table</param>
    /// <param name="name">train.csv</param>
    /// <param name="ends">the last posts of the paths, those of one thread together</param>
    public static SampleFolder With(this SampleFolder folder, string name, params IEnumerable<RedditPost> ends) => folder.With(name, [Header, .. Rows(ends)]);

    public static IEnumerable<string> Rows(IEnumerable<RedditPost> ends)
    {
        foreach (IGrouping<string, RedditPost> thread in ends.GroupBy(post => post.Path[0].Id))
        {
            RedditPost[] paths = [.. thread];
            for (int i = 0; i < paths.Length; i++)
            {
                foreach (RedditPost post in paths[i].Path)
                    yield return Row($"{thread.Key}_{i.ToString(CultureInfo.InvariantCulture)}/{paths.Length.ToString(CultureInfo.InvariantCulture)}", post);
            }
        }
    }

    public static string Row(string path, RedditPost post)
    {
        IReadOnlyList<RedditPost> above = [.. post.Path.SkipLast(1)];
        string[] fields =
        [
            path, post.Id, above.Count.ToString(CultureInfo.InvariantCulture), post.User ?? "", post.IsSeeker ? "True" : "False",
            post.Time.ToString(CultureInfo.InvariantCulture), above.Count == 0 ? "" : "6.0",
            Said(post, post.Processed), Said(post, post.Raw(Names)),
            $"[{string.Join(", ", above.Select(one => Said(one, one.Processed)))}]", $"[{string.Join(", ", above.Select(one => Said(one, one.Raw(Names))))}]",
            PythonText.Repr(above.Select(one => one.Id)),
        ];
        var line = new StringBuilder();
        for (int i = 0; i < fields.Length; i++)
        {
            line.Append(i == 0 ? "" : ",");
            CsvText.AppendField(line, fields[i]);
        }

        return line.ToString();
    }

    private static string Said(RedditPost post, string text) => PythonText.Repr(post.IsSeeker ? "USER" : "SYSTEM", text);
}
