using Data;
using Data.Storage;
using Data.Synthetic;
using Tests.Data;
using Workbench;
using Workbench.Stages;

namespace Tests.Workbench.Reranking;

/// <summary>A generated dataset whose test dialogues are two halves: something is fitted on one and applied to the other.</summary>
internal static class HalvedDialogues
{
    private static readonly LinkedDataset Whole = SyntheticDataset.Generate(new SyntheticOptions { Users = 150, Items = 100, Ratings = 2500, Conversations = 160 });

    /// <summary>Every other test dialogue.</summary>
    public static LinkedDataset Half(int which) => Whole with
    {
        Turns = [.. Whole.Turns.Where(turn => turn.Split != Split.Test || turn.Conversation.Sum(letter => letter) % 2 == which)],
    };

    /// <summary>The same dialogues with other answers.</summary>
    public static LinkedDataset Answered(LinkedDataset half) => half with
    {
        Turns =
        [
            .. half.Turns.Select(turn => turn.Split == Split.Train
                ? turn
                : turn with { Targets = [.. turn.Targets.Select(item => (item + 1) % half.Items.Count).Except(turn.Mentioned)], Repeated = [] }),
        ],
    };

    /// <summary>Reranks a half with one reranker; what is in the folder's <c>here</c> already is the half.</summary>
    public static RowOutcome Rerank(LinkedDataset half, TemporaryFolder folder, string reranker, string options)
    {
        if (!Directory.Exists(folder["here"]))
            DatasetWriter.Write(half, folder["here"]);
        string yaml = $"name: small\ntask: conversation\ndataset: {{ path: . }}\n{SmallRun.Evaluation}\ntrainers: [{{ matrix-factorization: {{ dimension: 8, iterations: 2 }} }}]\nllms: [simulated-llm]\nrerankers: [{{ {reranker}: {{ {options} }} }}]\n";
        RunProduct product = SmallRun.Of(SmallRun.Read(yaml) with { Dataset = new() { Path = folder["here"] } });
        return Assert.Single(product.Outcomes, outcome => outcome.Plan.Kind == RowPlan.Rerank);
    }
}
