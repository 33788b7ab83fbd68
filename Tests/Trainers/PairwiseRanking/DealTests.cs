using Trainers.PairwiseRanking;
using Trainers.Sampling;

namespace Tests.Trainers.PairwiseRanking;

public sealed class DealTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public void Every_item_and_user_is_in_one_block_and_blocks_weigh_alike(int blocks)
    {
        var random = new Random(blocks);
        int[] items = [.. Enumerable.Range(0, 500).Select(i => i % 7 == 0 ? 0 : 2_000 / (i + 1))], users = [.. Enumerable.Range(0, 300).Select(_ => random.Next(0, 20))];
        var deal = new Deal(items, users, blocks);
        var partners = new HashSet<int>();
        for (int epoch = 0; epoch < 50; epoch++)
        {
            deal.Next(SplitMix64.ForStream(3, (ulong)epoch));
            Assert.Equal(Enumerable.Range(0, 500).Where(i => items[i] > 0), deal.Items.SelectMany(block => block).Order());
            for (int block = 0; block < blocks; block++)
            {
                Assert.All(deal.Items[block].Index(), pair => Assert.Equal((block, pair.Index), (deal.BlockOf[pair.Item], deal.LocalOf[pair.Item])));
                int weight = deal.Users[deal.UserStarts[block]..deal.UserStarts[block + 1]].Sum(user => users[user]);
                Assert.InRange(weight, users.Sum() / blocks - 20, users.Sum() / blocks + 20);
            }

            Assert.Equal(Enumerable.Range(0, 300).Where(user => users[user] > 0), deal.Users.Order());
            Assert.Equal((0, deal.Users.Length), (deal.UserStarts[0], deal.UserStarts[blocks]));
            partners.UnionWith(deal.Items[deal.BlockOf[100]]);
        }

        // An item of middling popularity has met most of the others.
        Assert.True(partners.Count > 0.9 * items.Count(count => count > 0));
    }
}
