using Data.Importers;
using Trainers;

namespace Workbench.Commands;

/// <summary><c>user=userId,item=movieId,rating=stars,time=when</c></summary>
internal static class ColumnMapText
{
    /// <exception cref="UserErrorException">A part is not name=column, or user or item is missing.</exception>
    internal static ColumnMap? Parse(string? text)
    {
        if (text is null)
            return null;
        var parts = new Dictionary<string, string>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length != 2 || pair[0] is not ("user" or "item" or "rating" or "time") || !parts.TryAdd(pair[0], pair[1]))
                throw new UserErrorException($"--columns: `{part}` is not one of user=, item=, rating=, time=, each at most once");
        }

        if (!parts.TryGetValue("user", out string? user) || !parts.TryGetValue("item", out string? item))
            throw new UserErrorException("--columns needs user=COLUMN and item=COLUMN");
        return new ColumnMap(user, item)
        {
            Rating = parts.GetValueOrDefault("rating"),
            Time = parts.GetValueOrDefault("time"),
            Header = !parts.Values.All(column => column.All(char.IsAsciiDigit)),
        };
    }
}
