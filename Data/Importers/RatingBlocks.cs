using Data.Text;
using Data.Storage;

namespace Data.Importers;

/// <summary>A part of a file of ratings: text to be parsed, or rows that had to be read one after the other.</summary>
/// <param name="Text">whole records</param>
/// <param name="LinesBefore">lines in the buffer before them that belong to the part too: the header</param>
/// <param name="Rows">in place of the text, or null</param>
/// <param name="Position">bytes of the file up to here</param>
internal readonly record struct RatingPart(TextBlock Text, int LinesBefore, RowBlock? Rows, long Position);

/// <summary>Divides a file of ratings into parts that several threads can parse, and parses them.</summary>
/// <remarks>
/// A quoted field may hold line ends, so a block may be divided at its lines only as long as each line has an even number of quotes: no record then
/// goes on over the line's end. From the first line on that has an odd number, the file is read one record after the other.
/// </remarks>
/// <param name="layout">where the columns stand</param>
/// <param name="items">the listed items; null where items are whatever the rows name</param>
/// <param name="goOn">false to stop a block at its first malformed row</param>
/// <param name="blockBytes">about so many a block, for tests</param>
internal sealed class RatingBlocks(RatingsLayout layout, ListedItems? items, bool goOn, int blockBytes = TextBlocks.UsualBytes)
{
    private const int RecordsAtATime = 1 << 16;

    /// <summary>The shortest good row, two ids of a letter: so many rows a block may have at most.</summary>
    private const int ShortestRow = 4;

    public IEnumerable<RatingPart> Divide(Stream file)
    {
        var blocks = new TextBlocks(file, blockBytes);
        int headers = layout.HeaderLines;
        bool first = true;
        while (blocks.TryNext(out TextBlock block))
        {
            if (first && block.Text.StartsWith("\uFEFF"u8))
                block = block with { Start = 3 };
            first = false;
            int paired = layout.Format.Quotes ? EndOfPairedQuotes(block) : block.End;
            Stream? rest = paired < block.End ? blocks.Rest(block.Buffer.AsSpan(paired, block.End - paired)) : null;
            TextBlock records = block with { End = paired };
            int begin = AfterHeader(records, ref headers);
            int lines = block.Buffer.AsSpan(block.Start, begin - block.Start).Count((byte)'\n');
            yield return new RatingPart(records with { Start = begin }, lines, null, file.Position);
            if (rest is not null)
            {
                foreach (RowBlock rows in ReadInTurn(rest, headers))
                    yield return new RatingPart(default, 0, rows, file.Position);
                yield break;
            }
        }
    }

    /// <summary>Called by several threads at once; gives the part's buffer back.</summary>
    public RowBlock Parse(RatingPart part)
    {
        if (part.Rows is not null)
            return part.Rows;
        TextBlock text = part.Text;
        var block = new RowBlock((text.Text.Length / ShortestRow) + 1);
        using var reader = new RecordReader(text.Buffer, text.Start, text.End, layout.Format);
        var row = new RatingRow(layout, items, block);
        PlainRows? plain = PlainRows.Fit(layout) ? new PlainRows(layout, items, block) : null;
        (int at, int line) = (text.Start, part.LinesBefore);
        while (at < text.End)
        {
            plain?.Read(text.Buffer, text.End, ref at, ref line);
            reader.MoveTo(at, line + 1);
            if (!reader.Read())
            {
                line = (int)reader.Line - 1;
                break;
            }

            bool good = row.Add(reader, (int)reader.Line - 1);
            (at, line) = (reader.After, (int)reader.NextLine - 1);
            if (good)
                plain?.Follow(row.User);
            else if (!goOn)
                break;
        }

        block.Lines = line;
        text.Return();
        return block;
    }

    private IEnumerable<RowBlock> ReadInTurn(Stream rest, int headers)
    {
        using var reader = new RecordReader(rest, layout.Format, begun: true);
        while (headers > 0 && reader.Read())
            headers--;
        long linesBefore = 0;
        while (true)
        {
            var block = new RowBlock(RecordsAtATime);
            var row = new RatingRow(layout, items, block);
            int records = 0;
            while (records < RecordsAtATime && reader.Read())
            {
                records++;
                if (!row.Add(reader, (int)(reader.Line - 1 - linesBefore)) && !goOn)
                    break;
            }

            block.Lines = (int)(reader.NextLine - 1 - linesBefore);
            linesBefore += block.Lines;
            yield return block;
            if (records < RecordsAtATime)
                yield break;
        }
    }

    /// <returns>Where the records after the header begin; the end if the header comes later.</returns>
    private int AfterHeader(TextBlock block, ref int headers)
    {
        if (headers == 0)
            return block.Start;
        using var reader = new RecordReader(block.Buffer, block.Start, block.End, layout.Format);
        while (headers > 0 && reader.Read())
            headers--;
        return headers == 0 ? reader.After : block.End;
    }

    /// <returns>Where the first line begins that has an odd number of quotes; the end if there is none.</returns>
    private static int EndOfPairedQuotes(TextBlock block)
    {
        ReadOnlySpan<byte> text = block.Buffer.AsSpan(0, block.End);
        int at = block.Start;
        while (true)
        {
            int quote = text[at..].IndexOf((byte)'"');
            if (quote < 0)
                return block.End;
            int begin = at + text.Slice(at, quote).LastIndexOf((byte)'\n') + 1;
            int length = text[begin..].IndexOf((byte)'\n') + 1;
            at = length == 0 ? block.End : begin + length;
            if ((text[begin..at].Count((byte)'"') & 1) != 0)
                return begin;
        }
    }
}
