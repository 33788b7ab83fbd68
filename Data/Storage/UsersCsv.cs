using System.Text;
using Trainers;

namespace Data.Storage;

/// <summary>
/// users.csv: the column <c>user</c>. It is there only if some user has no interaction, for else interactions.csv gives
/// the users in their order.
/// </summary>
internal static class UsersCsv
{
    public static bool IsNeeded(Interactions ratings)
    {
        for (int user = 0; user < ratings.UserCount; user++)
        {
            if (ratings.CountOf(user) == 0)
                return true;
        }

        return false;
    }

    public static void Write(IReadOnlyList<string> users, Stream destination)
    {
        using var writer = new StreamWriter(destination, Utf8Text.Strict, leaveOpen: true);
        writer.Write("user\n");
        var line = new StringBuilder();
        foreach (string user in users)
        {
            line.Clear();
            CsvText.AppendField(line, user);
            writer.Write(line.Append('\n'));
        }
    }

    public static NameTable Read(string path, SkippedRows skipped)
    {
        var users = new NameTable();
        bool headed = false;
        foreach ((long line, List<string> fields) in CsvText.Records(Utf8Text.Read(path), path))
        {
            if (!headed && fields is not ["user"])
                throw new UserErrorException("the header must be `user`", path, line);
            if (headed && fields.Count != 1)
                skipped.Add(new UserErrorException($"{fields.Count} columns instead of 1", path, line));
            else if (headed && (users.FindOrAdd(Encoding.UTF8.GetBytes(fields[0]), out bool isNew) is var _ && !isNew))
                skipped.Add(new UserErrorException($"the user `{fields[0]}` occurs twice", path, line));
            headed = true;
        }

        return headed ? users : throw new UserErrorException("the file is empty: expected the header `user`", path);
    }
}
