using System.Globalization;
using Data;
using Data.Splitting;
using Trainers;

namespace Tests.Data.Splitting;

/// <summary>The protocol of the first reference table: items with fewer than 5 ratings removed, in one pass.</summary>
public class MovieLens1MTests
{
    [Fact]
    public void The_filtered_dataset_has_the_published_size_and_every_user_is_held_out()
    {
        Interactions ratings = Load();
        Assert.Equal((6040, 1_000_209), (ratings.UserCount, ratings.Count));

        FilteredInteractions filtered = CountFilter.Apply(ratings, minRating: 0, minItem: 5, minUser: 1, iterate: false);
        Assert.Equal((6040, 3416, 999_611), (filtered.Interactions.UserCount, filtered.Interactions.ItemCount, filtered.Interactions.Count));

        NextItemSplit split = LeaveLastOut.Split(filtered.Interactions);
        Assert.Equal(999_611 - (2 * 6040), split.Train.Count);
        Assert.All(Enumerable.Range(0, 6040), user => Assert.Single(split.TestItems(user)));
        Assert.Equal(999_611 - 6040, split.TrainWithValidation().Count);
    }

    private static Interactions Load()
    {
        string? root = Environment.GetEnvironmentVariable("WORKBENCH_TEST_DATA");
        Assert.SkipUnless(root is not null, "WORKBENCH_TEST_DATA is not set: no real data");
        var (userNumbers, itemNumbers) = (new Dictionary<string, int>(), new Dictionary<string, int>());
        (List<int> users, List<int> items, List<float> ratings, List<long> times) = ([], [], [], []);
        foreach (string line in File.ReadLines(Path.Combine(root!, "ml-1m", "ratings.dat")))
        {
            string[] fields = line.Split("::");
            users.Add(userNumbers.TryGetValue(fields[0], out int user) ? user : userNumbers[fields[0]] = userNumbers.Count);
            items.Add(itemNumbers.TryGetValue(fields[1], out int item) ? item : itemNumbers[fields[1]] = itemNumbers.Count);
            ratings.Add(float.Parse(fields[2], CultureInfo.InvariantCulture));
            times.Add(long.Parse(fields[3], CultureInfo.InvariantCulture));
        }

        return InteractionsBuilder.Build(
            userNumbers.Count, itemNumbers.Count, users.ToArray(), items.ToArray(), ratings.ToArray(), times.ToArray(), 2);
    }
}
