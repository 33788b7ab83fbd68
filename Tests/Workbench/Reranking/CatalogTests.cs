using Tests.Contracts;
using Tests.Workbench.MlNet;
using Trainers;
using Trainers.Options;
using Workbench.MlNet;
using Workbench.Reranking;

namespace Tests.Workbench.Reranking;

/// <summary>What every reranker and every control keeps; a new one is tested by being listed. There is no list of exceptions.</summary>
public sealed class CatalogTests
{
    private const int Items = 40;

    private static readonly ItemEmbeddings Embeddings = Vectors.Random(Items, 6, seed: 3, 4, 9);

    private static readonly float[] Popularity = [.. Enumerable.Range(0, Items).Select(item => (float)(item * 7 % 11))];

    private static readonly (int[] Mentioned, int[] Llm)[] Queries = [([], [7, 4, 30]), ([1, 2, 9], [39, 0, 12, 2]), ([5], [8]), ([11, 3], [])];

    public static TheoryData<string> Rerankers => [.. RerankerCatalog.All.All.Select(entry => entry.Name)];

    public static TheoryData<string> Controls => [.. ControlCatalog.All.All.Select(entry => entry.Name)];

    private static IQueryScorer Reranker(string name, object options) => RerankerCatalog.All[name].Create(options).Over(Embeddings, Popularity);

    private static IQueryScorer Control(string name, object options, ulong seed = 1) => ControlCatalog.All[name].Create(options).Over(Popularity, seed);

    private static float[][] Scores(IQueryScorer scorer) => [.. Queries.Select((query, number) =>
    {
        var scores = new float[scorer.ItemCount];
        if (!scorer.TryScore(new Query(query.Mentioned, query.Llm, number), scores))
            Array.Fill(scores, float.NaN);
        return scores;
    })];

    [Theory]
    [MemberData(nameof(Rerankers))]
    public void Every_option_of_a_reranker_changes_the_result(string name) => EveryOptionMatters(RerankerCatalog.All[name].OptionsType, options => Reranker(name, options));

    [Theory]
    [MemberData(nameof(Controls))]
    public void Every_option_of_a_control_changes_the_result(string name) => EveryOptionMatters(ControlCatalog.All[name].OptionsType, options => Control(name, options));

    /// <summary>An option may matter only under a certain choice of another one. What it learns from is its environment's to read.</summary>
    private static void EveryOptionMatters(Type type, Func<object, IQueryScorer> make)
    {
        OptionSpec[] specs = [.. OptionSpecs.Of(type).Where(spec => !spec.Property.DeclaringType!.IsAssignableFrom(typeof(SourceOptions)))];
        var settings = new List<Action<object>> { _ => { } };
        foreach (OptionSpec spec in specs.Where(spec => spec.Choices.Count > 0 || spec.ValueType == typeof(bool)))
            settings.AddRange(OtherValues.Of(spec, spec.Default).Select(value => (Action<object>)(options => spec.Set(options, value))));

        foreach (OptionSpec spec in specs)
        {
            Assert.True(settings.Any(setting => Changes(setting, spec)), $"no value of `{spec.Name}` changes the result");
        }

        bool Changes(Action<object> setting, OptionSpec spec)
        {
            object before = Activator.CreateInstance(type)!;
            setting(before);
            float[][] expected = Scores(make(before));
            return OtherValues.Of(spec, spec.Get(before)).Any(value =>
            {
                object after = Activator.CreateInstance(type)!;
                setting(after);
                spec.Set(after, value);
                return !Scores(make(after)).Zip(expected).All(pair => pair.First.SequenceEqual(pair.Second));
            });
        }
    }

    [Theory]
    [MemberData(nameof(Rerankers))]
    public void A_reranker_answers_any_query_from_several_threads(string name) => AnswersAlike(Reranker(name, Activator.CreateInstance(RerankerCatalog.All[name].OptionsType)!));

    [Theory]
    [MemberData(nameof(Controls))]
    public void A_control_answers_any_query_from_several_threads(string name) => AnswersAlike(Control(name, Activator.CreateInstance(ControlCatalog.All[name].OptionsType)!));

    private static void AnswersAlike(IQueryScorer scorer)
    {
        Assert.Equal(Items, scorer.ItemCount);
        float[][] expected = Scores(scorer);
        Parallel.For(0, 32, _ =>
        {
            float[][] again = Scores(scorer);
            for (int query = 0; query < expected.Length; query++)
                Assert.Equal(expected[query], again[query]);
        });
        Assert.All(expected, scores => Assert.DoesNotContain(float.PositiveInfinity, scores));
    }

    [Theory]
    [MemberData(nameof(Rerankers))]
    public void Several_queries_at_a_time_score_as_one_by_one(string name)
    {
        IQueryScorer scorer = Reranker(name, Activator.CreateInstance(RerankerCatalog.All[name].OptionsType)!);
        var block = new QueryBlock();
        for (int number = 0; number < Queries.Length; number++)
            block.Add(Queries[number].Mentioned, Queries[number].Llm, number);
        var scores = new float[Queries.Length * Items];
        var scored = new bool[Queries.Length];
        scorer.TryScore(block, scores, scored);

        float[][] expected = Scores(scorer);
        for (int number = 0; number < Queries.Length; number++)
            Assert.Equal(expected[number], scored[number] ? scores.AsSpan(number * Items, Items).ToArray() : Enumerable.Repeat(float.NaN, Items));
    }

    [Theory]
    [MemberData(nameof(Rerankers))]
    public void A_reranker_gives_a_list_where_the_model_names_nothing(string name)
    {
        IQueryScorer scorer = Reranker(name, Activator.CreateInstance(RerankerCatalog.All[name].OptionsType)!);
        Assert.Equal(Items - 2, Ranked.Items(new RankingTransformer(scorer, new RankingOptions(Fallback: Popularity)), [11, 3], [], Items).Length);
        Assert.Equal(Items, Ranked.Items(new RankingTransformer(scorer, new RankingOptions(Fallback: Popularity)), [], [], Items).Length);
    }

    [Theory]
    [MemberData(nameof(Rerankers))]
    public void A_reranker_ranks_no_item_twice_and_none_that_was_mentioned(string name)
    {
        IQueryScorer scorer = Reranker(name, Activator.CreateInstance(RerankerCatalog.All[name].OptionsType)!);
        foreach ((int[] mentioned, int[] llm) in Queries)
        {
            int[] ranked = Ranked.Items(new RankingTransformer(scorer, new RankingOptions(Fallback: new float[Items])), mentioned, llm, Items);
            Assert.Equal(Items - mentioned.Length, ranked.Length);
            Assert.Equal(ranked.Length, ranked.Distinct().Count());
            Assert.Empty(ranked.Intersect(mentioned));
        }
    }

    [Fact]
    public void Everything_is_documented()
    {
        foreach (ICatalogEntry entry in ((ICatalog)RerankerCatalog.All).Entries.Concat(((ICatalog)ControlCatalog.All).Entries))
            Assert.EndsWith(".", entry.Doc, StringComparison.Ordinal);
    }
}
