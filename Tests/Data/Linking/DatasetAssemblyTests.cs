using Data;
using Data.Importers;
using Data.Linking;
using static Tests.Data.Linking.Sources;

namespace Tests.Data.Linking;

public sealed class DatasetAssemblyTests
{
    private static readonly SourceItem[] Movies = [Movie("1", "One (1991)"), Movie("2", "Two (1992)")];

    /// <summary>The last two rows are no ratings.</summary>
    private static readonly RatingTable Roomy = new([0, 0, 1, 77, -5], [1, 0, 1, 99, -1], [1, 2, 3, float.NaN, 9], [30, 20, 10, long.MinValue, 5], count: 3);

    private static readonly RatingTable Exact = new([0, 0, 1], [1, 0, 1], [1, 2, 3], [30, 20, 10]);

    private static RatingsSource Source(string name, RatingTable table) => new(name, name, Movies, [name + ":a", name + ":b"], table, "invented", 0);

    [Fact]
    public void What_stands_in_columns_after_the_last_row_does_not_matter()
    {
        foreach (int threads in new[] { 1, 2, 3 })
        {
            AssertSame(DatasetAssembly.Link([Source("a", Exact)], null, threads), DatasetAssembly.Link([Source("a", Roomy)], null, threads));
            AssertSame(DatasetAssembly.Link([Source("a", Exact), Source("b", Exact)], null, threads), DatasetAssembly.Link([Source("a", Roomy), Source("b", Roomy)], null, threads));
        }

        Assert.Equal([0, 1, 1], DatasetAssembly.Link([Source("a", Roomy)], null, 1).Dataset.Ratings.Items);
    }

    private static void AssertSame(LinkedSources expected, LinkedSources actual)
    {
        Assert.Equal(Fingerprint.Of(expected.Dataset), Fingerprint.Of(actual.Dataset));
        Assert.Equal(expected.Report.Counts, actual.Report.Counts);
    }
}
