using Data.Text;
using Trainers;

namespace Data.Storage;

/// <summary>Reads interactions.csv, compressed or not, by several threads; see <see cref="InteractionsCsvWriter"/> for the format.</summary>
/// <param name="path">the file; compressed if it ends in .gz</param>
/// <param name="items">ids in the order of items.csv</param>
/// <param name="threads">at most so many</param>
internal sealed class InteractionsCsvReader(string path, NameTable items, int threads)
{
    /// <summary>No real text expands more: deflate's bound.</summary>
    private const long MostExpansion = 1032;

    /// <param name="expected">rows that the file should have, if known</param>
    /// <param name="users">the users in order, if users.csv gives them</param>
    /// <param name="skipped">what becomes of malformed rows</param>
    /// <param name="read">told the bytes of each block</param>
    /// <param name="cancellation">looked at before each block</param>
    /// <returns>the rows by user and time, and the users</returns>
    public (Interactions Ratings, NameTable Users) Read(
        long? expected, NameTable? users, SkippedRows skipped, Action<int> read, CancellationToken cancellation)
    {
        bool compressed = path.EndsWith(".gz", StringComparison.Ordinal);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        long mostRows = file.Length * (compressed ? MostExpansion : 1) / RowParser.ShortestRow;
        var columns = new RowColumns((int)Math.Clamp(expected ?? (file.Length / 24), 0, Math.Min(mostRows, Array.MaxLength)), users);
        var parser = new RowParser(items);
        long line = 2;

        using Stream source = compressed ? new GzipFileStream(file) : file;
        InOrder.Run(
            Blocks(source),
            threads,
            text =>
            {
                RowBlock rows = parser.Parse(text.Text, skipped.Allowed);
                text.Return();
                return (Rows: rows, Bytes: text.End);
            },
            block =>
            {
                using RowBlock rows = block.Rows;
                foreach ((int before, string what) in rows.Errors)
                    skipped.Add(new UserErrorException(what, path, line + before));
                if (columns.Add(rows) is { } unknown)
                    throw new UserErrorException($"the user `{unknown}` is not in {DatasetFiles.Users}: add it there, or remove that file", path);
                line += rows.Lines;
                read(block.Bytes);
            },
            cancellation);

        Interactions ratings = columns.ToInteractions(items.Count, threads);
        return (DuplicateRatings.Find(ratings, threads) switch
        {
            null => ratings,
            _ when skipped.Allowed => DuplicateRatings.Remove(ratings, skipped),
            var (user, item) => throw Duplicate(columns.Names[user], items[item]),
        }, columns.Names);
    }

    /// <summary>Whole lines after the header.</summary>
    private IEnumerable<TextBlock> Blocks(Stream source)
    {
        var blocks = new TextBlocks(source);
        if (!Next(blocks, out TextBlock block))
            CheckHeader([]);
        yield return block with { Start = CheckHeader(block.Text) };
        while (Next(blocks, out block))
            yield return block;
    }

    private bool Next(TextBlocks blocks, out TextBlock block)
    {
        try
        {
            return blocks.TryNext(out block);
        }
        catch (InvalidDataException error)
        {
            throw new UserErrorException("the gzip file is damaged or cut short: write it again", path, inner: error);
        }
    }

    /// <returns>The length of the first line with its end.</returns>
    private int CheckHeader(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            throw new UserErrorException($"the file is empty: expected the header `{InteractionsCsvWriter.Header}`", path);
        int end = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> header = Utf8Text.WithoutMark(end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
        if (!header.SequenceEqual(System.Text.Encoding.ASCII.GetBytes(InteractionsCsvWriter.Header)))
        {
            string shown = System.Text.Encoding.UTF8.GetString(header.Length <= 80 ? header : header[..80]);
            throw new UserErrorException($"the header must be `{InteractionsCsvWriter.Header}`, not `{shown}`", path, 1);
        }

        return end < 0 ? text.Length : end + 1;
    }

    /// <summary>Goes through the file once more for the line of the second rating.</summary>
    private UserErrorException Duplicate(ReadOnlySpan<byte> user, ReadOnlySpan<byte> item)
    {
        (string userId, string itemId) = (System.Text.Encoding.UTF8.GetString(user), System.Text.Encoding.UTF8.GetString(item));
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        using Stream source = path.EndsWith(".gz", StringComparison.Ordinal) ? new GzipFileStream(file) : file;
        var lines = new LineReader(source);
        long first = 0;
        while (lines.Next(out ReadOnlySpan<byte> line))
        {
            if (!line.StartsWith(user) && !line.StartsWith("\""u8))
                continue;
            byte[] text = line.ToArray();
            using var row = new RecordReader(text, 0, text.Length, RecordFormat.Csv);
            if (!row.Read() || row.Count != 4 || !row[0].SequenceEqual(user) || !row[1].SequenceEqual(item))
                continue;
            if (first > 0)
                return new UserErrorException($"user `{userId}` rates item `{itemId}` twice, first on line {first}: keep one", path, lines.Line);
            first = lines.Line;
        }

        return new UserErrorException($"user `{userId}` rates item `{itemId}` twice: keep one", path);
    }
}
