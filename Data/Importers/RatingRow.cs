using System.Runtime.CompilerServices;
using Data.Text;
using Data.Storage;

namespace Data.Importers;

/// <summary>What a row of ratings must be: puts good ones into a block, and says what is wrong with others.</summary>
/// <param name="layout">where the columns stand</param>
/// <param name="items">the listed items; null where items are whatever the rows name</param>
/// <param name="block">takes the rows; numbers users, and items that are not listed, by first occurrence</param>
internal sealed class RatingRow(RatingsLayout layout, ListedItems? items, RowBlock block)
{
    // The row at hand.
    private int item;
    private float rating;
    private long time;

    /// <summary>Of the last good row; -1 before the first.</summary>
    public int User { get; private set; } = -1;

    /// <summary>Adds the reader's record to the block, to its errors if it is malformed.</summary>
    /// <param name="line">how many lines of the block stand before the record</param>
    /// <returns>true if the record was good</returns>
    public bool Add(RecordReader row, int line)
    {
        string? problem = row.Problem ?? Parse(row);
        if (problem is null)
            block.Add(User, item, rating, time, line);
        else
            block.Errors.Add((line, problem));
        return problem is null;
    }

    /// <returns>what is wrong with the row, or null</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private string? Parse(RecordReader row)
    {
        (rating, time) = (float.NaN, 0);
        if (row.Count != layout.Columns)
            return $"the row has {row.Count} columns where {layout.Columns} are expected ({layout.Expected})";

        ReadOnlySpan<byte> userId = row[layout.User], itemId = row[layout.Item];
        if (userId.IsEmpty || itemId.IsEmpty)
            return $"the {(userId.IsEmpty ? "user" : "item")} is empty: expected {layout.Expected}";

        // Most files are grouped by user: compare with the last one first.
        bool sameUser = User >= 0 && block.Names[User].SequenceEqual(userId);
        if (layout.NumericIds && !sameUser && !NumberText.IsDigits(userId))
            return $"\"{row.Text(layout.User)}\" is not a user number: expected {layout.Expected}";
        if (layout.NumericIds && !NumberText.IsDigits(itemId))
            return $"\"{row.Text(layout.Item)}\" is not a movie number: expected {layout.Expected}";
        if (layout.Rating >= 0)
        {
            if (!NumberText.TryRating(row[layout.Rating], out rating))
                return $"\"{row.Text(layout.Rating)}\" is not a rating: expected a number, as in {layout.Expected}";
            if (rating < layout.MinRating || rating > layout.MaxRating)
                return FormattableString.Invariant($"the rating {rating} is out of range: expected {layout.MinRating} to {layout.MaxRating}");
        }

        if (layout.Time >= 0 && !NumberText.TryTime(row[layout.Time], out time))
            return $"\"{row.Text(layout.Time)}\" is not a time: expected Unix seconds, as in {layout.Expected}";

        item = items is null ? block.ItemNames.FindOrAdd(itemId, out _) : items.Find(itemId);
        if (item < 0)
            return $"the movie {row.Text(layout.Item)} is not in {layout.ItemsFile}: add it there, or remove the row";

        // A user counts once a row of theirs is good.
        if (!sameUser)
            User = block.Names.FindOrAdd(userId, out _);
        return null;
    }
}
