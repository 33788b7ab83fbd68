using Data;

namespace Tests.Data;

public class UserTimeSortTests
{
    /// <summary>Few and many rows; times within a byte, a word, and further apart than a word.</summary>
    [Fact]
    public void Rows_are_in_the_order_of_a_stable_sort()
    {
        var sort = new UserTimeSort();
        long[] spans = [1, 2, 200, 256, 70_000, 20_000_000, uint.MaxValue, 1L << 40, long.MaxValue];
        foreach (int count in new[] { 0, 1, 2, 3, 23, 24, 25, 100, 1_000, 70_000 })
        {
            foreach (long span in spans)
            {
                var random = new Random(count);
                long from = span == long.MaxValue ? long.MinValue : random.Next(-1_000, 1_000_000_000);
                long[] times = [.. Enumerable.Range(0, count).Select(row => row == 0 ? from : row == 1 ? from + span : from + random.NextInt64(span))];
                random.Shuffle(times);
                int[] items = [.. Enumerable.Range(0, count)];
                float[] ratings = [.. Enumerable.Range(0, count).Select(row => row / 2f)];
                int[] order = [.. Enumerable.Range(0, count).OrderBy(row => times[row])];
                long[] expected = [.. order.Select(row => times[row])];
                sort.Sort(items, ratings, times);
                Assert.Equal(order, items);
                Assert.Equal(order.Select(row => row / 2f), ratings);
                Assert.Equal(expected, times);
            }
        }
    }
}
