using Data.Importers.Text;
using Trainers;

namespace Data.Importers;

/// <summary>Where the columns stand in a file of ratings, and what is allowed in them.</summary>
/// <param name="Format">how rows are divided</param>
/// <param name="Columns">how many each row has</param>
/// <param name="User">position of the user's id</param>
/// <param name="Item">position of the item's id</param>
/// <param name="Rating">position of the rating; -1 if there is none</param>
/// <param name="Time">position of the time; -1 if there is none</param>
/// <param name="Expected">the row's form in words, for messages</param>
internal sealed record RatingsLayout(RecordFormat Format, int Columns, int User, int Item, int Rating, int Time, string Expected)
{
    /// <summary>How many lines to leave out at the beginning.</summary>
    public int HeaderLines { get; init; }

    public float MinRating { get; init; } = float.NegativeInfinity;

    public float MaxRating { get; init; } = float.PositiveInfinity;

    /// <summary>User and item ids are whole numbers.</summary>
    public bool NumericIds { get; init; }

    /// <summary>The file that lists the items; null if items are whatever the rows name.</summary>
    public string? ItemsFile { get; init; }

    public bool AllowRepeats { get; init; }
}

/// <summary>Reads the rows of a file of ratings into columns.</summary>
internal sealed class RatingsReading(RatingsLayout layout, ByteKeys items, BadRows bad, IProgress<ImportProgress>? progress, CancellationToken cancellation)
{
    private const int RowsBetweenReports = 1 << 18;

    // The row at hand.
    private int user = -1;
    private int item;
    private float rating;
    private long time;

    /// <summary>Users' ids, numbered as they come.</summary>
    public ByteKeys Users { get; } = new();

    /// <exception cref="UserErrorException">A row is malformed and is not to be skipped, or there is no row at all.</exception>
    public RatingTable Read(SourceFile file) => SourceFile.Guard(file.Path, () =>
    {
        using var reader = new RecordReader(file.Open(), layout.Format);
        var columns = new RatingColumns(Math.Max(0, (file.CountLines() ?? 0) - layout.HeaderLines));
        long records = 0;
        while (reader.Read())
        {
            if (++records <= layout.HeaderLines)
                continue;
            if (records % RowsBetweenReports == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new ImportProgress(file.Path, reader.Position, file.Length, columns.Count));
            }

            string? problem = reader.Problem ?? Parse(reader);
            if (problem is null)
                columns.Add(user, item, rating, time, reader.Line);
            else
                bad.Add(problem, file.Path, reader.Line);
        }

        if (columns.Count == 0)
        {
            throw new UserErrorException(
                records <= layout.HeaderLines ? $"there are no ratings in it: expected rows of {layout.Expected}" : $"every row of it is malformed: expected {layout.Expected}",
                file.Path);
        }

        progress?.Report(new ImportProgress(file.Path, reader.Position, file.Length, columns.Count));
        RatingTable table = columns.ToTable();
        return layout.AllowRepeats ? table : RepeatedRatings.Remove(table, Users.Count, items.Count, columns.LineOf, file.Path, bad);
    });

    /// <returns>what is wrong with the row, or null</returns>
    private string? Parse(RecordReader row)
    {
        (rating, time) = (float.NaN, 0);
        if (row.Count != layout.Columns)
            return $"the row has {row.Count} columns where {layout.Columns} are expected ({layout.Expected})";

        ReadOnlySpan<byte> userId = row[layout.User], itemId = row[layout.Item];
        if (userId.IsEmpty || itemId.IsEmpty)
            return $"the {(userId.IsEmpty ? "user" : "item")} is empty: expected {layout.Expected}";

        // Most files are grouped by user: compare with the last one first.
        bool sameUser = user >= 0 && Users[user].SequenceEqual(userId);
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

        item = layout.ItemsFile is null ? items.GetOrAdd(itemId) : items.Find(itemId);
        if (item < 0)
            return $"the movie {row.Text(layout.Item)} is not in {layout.ItemsFile}: add it there, or remove the row";

        // A user counts once a row of theirs is good.
        if (!sameUser)
            user = Users.GetOrAdd(userId);
        return null;
    }
}
