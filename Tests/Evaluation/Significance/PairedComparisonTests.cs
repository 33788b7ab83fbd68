using Evaluation;
using Evaluation.Significance;

namespace Tests.Evaluation.Significance;

public class PairedComparisonTests
{
    private static readonly EvaluationPlan Plan = new() { Cutoffs = [5], BootstrapResamples = 10 };

    [Fact]
    public void A_row_that_knows_the_targets_is_better_than_one_that_does_not()
    {
        var sample = new Sample(3, 90, 40, 10, 1_000_000, 2);
        var knowing = new Rankings(90, 10, 40);
        for (int q = 0; q < 90; q++)
        {
            float[] scores = [.. sample.Scores[q]];
            foreach (int target in sample.Targets[q])
                scores[target] += q % 2 == 0 ? 2_000_000 : 0;
            knowing.Fill(q, scores, sample.Seen[q]);
        }

        EvaluationResult better = Judge.Run(sample.Holdout, knowing, Plan);
        EvaluationResult worse = Judge.Run(sample.Holdout, sample.Rankings, Plan);
        PairedComparison comparison = PairedComparison.Of(better, worse, "per-item", "hit@5", seed: 1);
        Assert.Equal(better["per-item"]["hit@5"].Mean - worse["per-item"]["hit@5"].Mean, comparison.Difference, 13);
        Assert.InRange(comparison.Randomisation.PValue, 1 / 10_001.0, 0.001);
        Assert.InRange(comparison.Wilcoxon.PValue, 0, 0.001);
        Assert.True(comparison.Interval.Low > 0);

        // Clusters are conversations of three turns: fewer of them differ than units do.
        Assert.True(comparison.Randomisation.NonZero < comparison.Wilcoxon.NonZero);
    }

    [Fact]
    public void Rows_judged_on_other_units_are_not_compared()
    {
        var one = new Sample(3, 30, 40, 10, 10, 2);
        var other = new Sample(4, 30, 40, 10, 10, 2);
        EvaluationResult a = Judge.Run(one.Holdout, one.Rankings, Plan);
        EvaluationResult b = Judge.Run(other.Holdout, other.Rankings, Plan);
        Assert.Throws<EvaluationException>(() => PairedComparison.Of(a, b, "per-item", "hit@5", seed: 1));
    }
}
