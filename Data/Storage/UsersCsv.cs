using System.Text;
using Data.Text;
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
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        using var rows = new RecordReader(file, RecordFormat.Csv);
        if (!rows.Read())
            throw new UserErrorException("the file is empty: expected the header `user`", path);
        if (rows.Problem is not null || rows.Count != 1 || !rows[0].SequenceEqual("user"u8))
            throw new UserErrorException("the header must be `user`", path, rows.Line);
        var users = new NameTable();
        while (rows.Read())
        {
            if (rows.Problem is { } problem)
                skipped.Add(new UserErrorException(problem, path, rows.Line));
            else if (rows.Count != 1)
                skipped.Add(new UserErrorException($"{rows.Count} columns instead of 1", path, rows.Line));
            else if (users.FindOrAdd(rows[0], out bool isNew) is var _ && !isNew)
                skipped.Add(new UserErrorException($"the user `{rows.Text(0)}` occurs twice", path, rows.Line));
        }

        return users;
    }
}
