using MLNetConformance;

namespace Tests.Contracts;

/// <summary>The conversation with ML.NET's public API prints what the genuine libraries printed, in either mode.</summary>
public sealed class MLNetConformanceTests
{
    private static readonly Action<TextWriter>[] s_sections =
    [
        SchemaFacts.ScalarTypes, SchemaFacts.KeyTypes, SchemaFacts.VectorTypes,
        SchemaFacts.Columns, SchemaFacts.Annotations, SchemaFacts.KeyValuesAndSlotNames,
        VBufferFacts.DenseSparseEmpty, VBufferFacts.Copying, VBufferFacts.Editing,
        EnumerableFacts.ColumnsOfARowClass, EnumerableFacts.Text, EnumerableFacts.Keys, EnumerableFacts.Vectors,
        EnumerableFacts.Nullables, EnumerableFacts.SchemaDefinitions, EnumerableFacts.ReadingBack, EnumerableFacts.RowCounts,
        CursorFacts.Iterating, CursorFacts.Getters, CursorFacts.ActiveColumns, CursorFacts.RowIds,
        CursorFacts.CursorSets, CursorFacts.GetColumn, CursorFacts.Preview,
        KeyMappingFacts.ValueToKey, KeyMappingFacts.ValueToKeyOrderAndLimit,
        KeyMappingFacts.ValueToKeyFromSideTable, KeyMappingFacts.KeyToValue,
        CustomMappingFacts.InAndOut, CustomMappingFacts.KeysAndVectors,
        OwnComponentFacts.SchemaShapeColumns, OwnComponentFacts.Embedding, OwnComponentFacts.Reranking, OwnComponentFacts.Laziness,
        OwnComponentFacts.RowMappers, OwnComponentFacts.InAChain, OwnComponentFacts.Predicting, OwnComponentFacts.Saving,
        RecommendationFacts.Options, RecommendationFacts.Schema, RecommendationFacts.Factors, RecommendationFacts.Quality,
        RecommendationFacts.MissingAndUnseenKeys, RecommendationFacts.OneClass, RecommendationFacts.Misuse, RecommendationFacts.SaveAndLoad,
    ];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Contracts", "MLNetConformance", "expected");

    public static TheoryData<string> Names => [.. s_sections.Select(NameOf)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Section_prints_the_recorded_text(string name)
    {
        using var output = new StringWriter { NewLine = "\n" };
        s_sections.Single(section => NameOf(section) == name)(output);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, name + ".txt")), output.ToString());
    }

    [Fact]
    public void Every_recorded_text_has_a_section() =>
        Assert.Equal(
            Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            s_sections.Select(NameOf).Order(StringComparer.Ordinal));

    private static string NameOf(Action<TextWriter> section) => $"{section.Method.DeclaringType!.Name}.{section.Method.Name}";
}
