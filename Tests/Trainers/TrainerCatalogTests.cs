using Trainers;
using Trainers.Options;

namespace Tests.Trainers;

public sealed class TrainerCatalogTests
{
    [Fact]
    public void Names_are_unique_and_misspelt_ones_are_answered()
    {
        Assert.Equal(TrainerCatalog.All.All.Count, TrainerCatalog.All.All.Select(entry => entry.Name).Distinct().Count());
        Assert.Equal(
            "there is no trainer `matrix-factorisation`; did you mean `matrix-factorization`? (known: " + string.Join(", ", TrainerCatalog.All.All.Select(entry => entry.Name)) + ")",
            Assert.Throws<UserErrorException>(() => TrainerCatalog.All["matrix-factorisation"]).Message);
    }

    [Fact]
    public void The_option_table_lists_every_option()
    {
        string table = OptionTable.Markdown(TrainerCatalog.All);
        foreach (CatalogEntry<IItemEmbeddingTrainer> entry in TrainerCatalog.All.All)
        {
            Assert.Contains($"### `{entry.Name}`", table, StringComparison.Ordinal);
            Assert.All(OptionSpecs.Of(entry.OptionsType), spec => Assert.Contains($"| `{spec.Name}` |", table, StringComparison.Ordinal));
        }
    }
}
