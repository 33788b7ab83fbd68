using System.Text.Json;
using System.Text.Json.Serialization;
using Data;
using Trainers;

namespace Tests.Data;

/// <summary>Compares datasets value by value, the fingerprint apart.</summary>
internal static class SameDataset
{
    private static readonly JsonSerializerOptions Format = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static void Assert(LinkedDataset expected, LinkedDataset actual)
    {
        Xunit.Assert.Equal(Describe(expected), Describe(actual));
        Assert(expected.Ratings, actual.Ratings);
    }

    public static void Assert(Interactions expected, Interactions actual)
    {
        Xunit.Assert.Equal(expected.ItemCount, actual.ItemCount);
        Xunit.Assert.Equal(expected.Offsets, actual.Offsets);
        Xunit.Assert.Equal(expected.Items, actual.Items);
        Xunit.Assert.Equal(expected.Ratings.ToArray().Select(BitConverter.SingleToInt32Bits), actual.Ratings.ToArray().Select(BitConverter.SingleToInt32Bits));
        Xunit.Assert.Equal(expected.Times, actual.Times);
    }

    private static string Describe(LinkedDataset dataset) => JsonSerializer.Serialize(
        new
        {
            dataset.Name,
            Items = dataset.Items.Select(item => new { item, More = item.More.OrderBy(pair => pair.Key) }).Select(row => row.item with { More = row.More.ToDictionary() }),
            dataset.Users,
            dataset.Turns,
            Replies = dataset.Replies.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(),
            Provenance = dataset.Provenance with { Fingerprint = "" },
        },
        Format);
}
