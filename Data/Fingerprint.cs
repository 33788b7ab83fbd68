using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Trainers;

namespace Data;

/// <summary>
/// SHA-256 of a dataset's content: items, interactions, turns and replies in their order. It does not depend on where
/// the dataset lies, how its files are compressed or whether there is a cache; it says in reports what was evaluated.
/// </summary>
/// <remarks>
/// Four parts have a digest each, and the digests are hashed together: so the part of the interactions can be kept in
/// the cache. Texts are their UTF-8 bytes after their length, numbers little-endian; the columns of the interactions are
/// hashed in blocks of 2^18 rows by several threads. Name, sources and licences are no content.
/// </remarks>
public static class Fingerprint
{
    private const int RowsPerBlock = 1 << 18;

    /// <summary>Lower-case hexadecimal, 64 digits.</summary>
    public static string Of(LinkedDataset dataset, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Of(dataset, OfItems(dataset.Items), OfRatings(dataset.Users, dataset.Ratings, threads));
    }

    private static string Of(LinkedDataset dataset, byte[] ofItems, byte[] ofRatings) => Convert.ToHexStringLower(SHA256.HashData(
        [.. "linked dataset 1"u8, .. ofItems, .. ofRatings, .. OfTurns(dataset.Turns), .. OfReplies(dataset.Replies)]));

    /// <summary>The same dataset with the fingerprint of its content.</summary>
    public static LinkedDataset Stamp(LinkedDataset dataset, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Stamp(dataset, OfItems(dataset.Items), OfRatings(dataset.Users, dataset.Ratings, threads));
    }

    /// <summary>The same, where the parts of the items and of the interactions are known.</summary>
    internal static LinkedDataset Stamp(LinkedDataset dataset, byte[] ofItems, byte[] ofRatings) =>
        dataset with { Provenance = dataset.Provenance with { Fingerprint = Of(dataset, ofItems, ofRatings) } };

    internal static byte[] OfItems(IReadOnlyList<Item> items)
    {
        using var hash = new CanonicalHash();
        hash.Add(items.Count);
        foreach (Item item in items)
        {
            hash.Add(item.Id);
            hash.Add(item.Title);
            hash.Add(item.Year ?? long.MinValue);
            hash.Add(item.Genres.Count);
            foreach (string genre in item.Genres)
                hash.Add(genre);
            hash.Add(item.MovieLensId ?? "");
            hash.Add(item.ImdbId ?? "");
            hash.Add((int)item.Origin);
            if (item.More.Count == 0)
            {
                // As for nearly all items.
                hash.Add(0);
                continue;
            }

            KeyValuePair<string, string>[] more = [.. item.More.Where(pair => pair.Value.Length > 0).OrderBy(pair => pair.Key, StringComparer.Ordinal)];
            hash.Add(more.Length);
            foreach ((string column, string value) in more)
            {
                hash.Add(column);
                hash.Add(value);
            }
        }

        return hash.Finish();
    }

    internal static byte[] OfRatings(IReadOnlyList<string> users, Interactions ratings, int threads)
    {
        var blocks = new byte[(ratings.Count + RowsPerBlock - 1) / RowsPerBlock][];
        Parallel.For(0, blocks.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, block =>
        {
            int start = block * RowsPerBlock;
            int rows = Math.Min(RowsPerBlock, ratings.Count - start);
            using var hash = new CanonicalHash();
            hash.Add(MemoryMarshal.AsBytes(ratings.Items.Slice(start, rows)));
            hash.Add(ratings.Ratings.Slice(start, rows));
            hash.Add(MemoryMarshal.AsBytes(ratings.Times.Slice(start, rows)));
            blocks[block] = hash.Finish();
        });

        using var whole = new CanonicalHash();
        whole.Add(users.Count);
        foreach (string user in users)
            whole.Add(user);
        whole.Add(MemoryMarshal.AsBytes(ratings.Offsets.AsSpan()));
        foreach (byte[] block in blocks)
            whole.Add(block.AsSpan());
        return whole.Finish();
    }

    private static byte[] OfTurns(IReadOnlyList<Turn> turns)
    {
        using var hash = new CanonicalHash();
        hash.Add(turns.Count);
        foreach (Turn turn in turns)
        {
            hash.Add(turn.Id);
            hash.Add(turn.Conversation);
            hash.Add((int)turn.Split);
            hash.Add(turn.User is null ? 0 : 1);
            hash.Add(turn.User ?? "");
            hash.Add(turn.Time is null ? 0 : 1);
            hash.Add(turn.Time ?? 0);
            hash.Add(turn.Context.Count);
            foreach (Utterance utterance in turn.Context)
            {
                hash.Add((int)utterance.Role);
                hash.Add(utterance.Text);
                hash.Add(utterance.Items);
            }

            hash.Add(turn.Mentioned);
            hash.Add(turn.Targets);
            hash.Add(turn.Repeated);
        }

        return hash.Finish();
    }

    private static byte[] OfReplies(IReadOnlyDictionary<string, IReadOnlyList<LlmReply>> replies)
    {
        using var hash = new CanonicalHash();
        hash.Add(replies.Count);
        foreach ((string model, IReadOnlyList<LlmReply> ofModel) in replies.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.Add(model);
            hash.Add(ofModel.Count);
            foreach (LlmReply reply in ofModel)
            {
                hash.Add(reply.Turn);
                hash.Add(reply.Prompt);
                hash.Add(reply.Reply);
                hash.Add(reply.Tokens ?? long.MinValue);
                if (reply.Finish is { } finish)
                    hash.Add(finish); // Absent from older datasets, whose fingerprints stay.
                hash.Add(reply.Matches?.Count ?? -1);
                foreach (RecordedMatch match in reply.Matches ?? [])
                {
                    hash.Add(match.Title);
                    hash.Add(match.Nearest);
                    hash.Add(match.Distance);
                }
            }
        }

        return hash.Finish();
    }
}
