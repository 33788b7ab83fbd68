using Data;
using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;
using Trainers;
using Workbench.Experiments;
using Workbench.MlNet;
using Workbench.Stages;

namespace Tests.Workbench.Stages;

/// <summary>A run goes through the estimators and transformers, and nothing is computed before somebody reads it.</summary>
public sealed class RowPlansTests
{
    private static (TaskData Task, IReadOnlyList<RowPlan> Plans) Plans(string yaml, params string[] settings)
    {
        Experiment experiment = SmallRun.Read(yaml, settings);
        RunContext context = SmallRun.Context();
        LoadedDataset loaded = DatasetLoading.Load(experiment.Dataset, context);
        TaskData task = TaskPreparation.Prepare(loaded, experiment, context);
        return (task, new RowPlans(experiment, task, LlmStage.Lists(experiment, loaded, task, context), context).All());
    }

    public static TheoryData<string> Tasks => [SmallRun.Conversation, SmallRun.NextItem];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Every_row_is_a_view_that_a_transformer_ranks_when_it_is_read(string yaml)
    {
        (TaskData task, IReadOnlyList<RowPlan> plans) = Plans(yaml);
        foreach (RowPlan plan in plans)
        {
            RankedQueries ranked = plan.Rank(1);
            Assert.Equal(task.Queries.Count, ranked.View.GetRowCount());
            Assert.IsType<KeyDataViewType>(Assert.IsType<VectorDataViewType>(ranked.View.Schema[ColumnNames.RankedItems].Type).ItemType);
            if (plan.Kind == RowPlan.Llm)
            {
                Assert.Null(ranked.Ranker);
                Assert.True(ranked.View.GetType().DeclaringType == typeof(RowToRowTransformer));
                continue;
            }

            // What the row is made of is what this transformer gives for the queries; reading is what makes it rank.
            RankingTransformer ranker = Assert.IsType<RankingTransformer>(ranked.Ranker);
            Assert.Equal(0, ranker.RowsRanked);
            var lists = RankingCollector.Collect(ranked.View, 20, 2, TestContext.Current.CancellationToken);
            Assert.Equal(task.Queries.Count, ranker.RowsRanked);
            Assert.Equal(task.Queries.Count, lists.QueryCount);
            RankingCollector.Collect(ranked.View, 20, 2, TestContext.Current.CancellationToken);
            Assert.Equal(2 * task.Queries.Count, ranker.RowsRanked);
        }
    }

    [Fact]
    public void A_model_with_a_baselines_name_has_a_label_of_its_own()
    {
        const string yaml = "name: a\ntask: conversation\ndataset: { synthetic: { users: 60, items: 80, ratings: 900, conversations: 60 } }\nbaselines: [random]\nllms: [random]\n";
        Experiment experiment = ExperimentFile.Parse(yaml, "a.yaml", ".", [], Catalogs.All).Require();
        RunContext context = SmallRun.Context();
        LoadedDataset loaded = DatasetLoading.Load(experiment.Dataset, context);
        IReadOnlyList<LlmReply> replies = loaded.Dataset.Replies.Values.Single();
        loaded = loaded with { Dataset = loaded.Dataset with { Replies = new Dictionary<string, IReadOnlyList<LlmReply>> { ["random"] = replies } } };
        TaskData task = TaskPreparation.Prepare(loaded, experiment, context);

        IReadOnlyList<RowPlan> plans = new RowPlans(experiment, task, LlmStage.Lists(experiment, loaded, task, context), context).All();
        Assert.Equal(["random", "random (llm)"], plans.Select(plan => plan.Label));
        Assert.Equal(2, Comparisons.Add(RowQueue.Run(plans, experiment, task, context), task.Holdout, experiment).Count);
    }

    [Fact]
    public void A_row_of_which_a_part_was_searched_in_vain_fails_with_the_reason()
    {
        Experiment experiment = SmallRun.Read(SmallRun.Conversation, "rerankers=[max-pool, bias, fusion]");
        RunContext context = SmallRun.Context();
        LoadedDataset loaded = DatasetLoading.Load(experiment.Dataset, context);
        TaskData task = TaskPreparation.Prepare(loaded, experiment, context);
        IReadOnlyDictionary<string, LlmLists> lists = LlmStage.Lists(experiment, loaded, task, context);
        Configuration Failed(Configuration one) => one with { Failure = $"no {one.Name}" };
        void Fails(Experiment changed, string reason, int rows)
        {
            RowPlan[] failing = [.. new RowPlans(changed, task, lists, context).All().Where(plan => plan.Parts.Any(part => part.Failure is not null))];
            Assert.Equal(rows, failing.Length);
            Assert.All(failing, plan => Assert.Equal(reason, Assert.Throws<UserErrorException>(() => plan.Rank(1)).Message));
        }

        Fails(experiment with { Trainers = [Failed(experiment.Trainers[0])] }, "no matrix-factorization", 4);
        for (int i = 0; i < 3; i++)
        {
            Configuration one = experiment.Rerankers[i];
            Fails(experiment with { Rerankers = [.. experiment.Rerankers.Select(other => other == one ? Failed(one) : other)] }, $"no {one.Name}", 1);
        }

        Fails(experiment with { Baselines = [Failed(experiment.Baselines[0])] }, "no random", 1);
    }

    [Fact]
    public void Reading_a_part_ranks_no_more_than_that()
    {
        (_, IReadOnlyList<RowPlan> plans) = Plans(SmallRun.Conversation);
        foreach (RankedQueries ranked in plans.Where(plan => plan.Kind != RowPlan.Llm).Select(plan => plan.Rank(1)))
        {
            using (DataViewRowCursor cursor = ranked.View.GetRowCursor(ranked.View.Schema))
            {
                Assert.True(cursor.MoveNext());
                Assert.Equal(0, ranked.Ranker!.RowsRanked);
                VBuffer<uint> items = default;
                VBuffer<float> scores = default;
                cursor.GetGetter<VBuffer<uint>>(ranked.View.Schema[ColumnNames.RankedItems])(ref items);
                cursor.GetGetter<VBuffer<float>>(ranked.View.Schema[ColumnNames.Scores])(ref scores);
                Assert.Equal(items.Length, scores.Length);
            }

            Assert.Equal(1, ranked.Ranker!.RowsRanked);
            int turns = ranked.View.GetColumn<string>(ColumnNames.Turn).Count();
            Assert.True(turns > 1);
            Assert.Equal(1, ranked.Ranker.RowsRanked);
        }
    }

    [Fact]
    public void The_rankings_of_a_run_are_those_of_its_transformers()
    {
        (_, IReadOnlyList<RowPlan> plans) = Plans(SmallRun.Conversation);
        IReadOnlyList<RowOutcome> outcomes = SmallRun.Of(SmallRun.Conversation).Outcomes;
        for (int i = 0; i < plans.Count; i++)
        {
            uint[][] read = [.. plans[i].Rank(1).View.GetColumn<uint[]>(ColumnNames.RankedItems)];
            for (int query = 0; query < read.Length; query++)
            {
                int[] list = outcomes[i].Lists!.ItemsOf(query)[..outcomes[i].Lists!.LengthOf(query)].ToArray();
                Assert.Equal((read[query] ?? []).Take(20).Select(key => (int)key - 1), list);
            }
        }
    }
}
