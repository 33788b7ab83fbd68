using Evaluation;

namespace Tests.Evaluation;

/// <summary>The evaluator under the running test's cancellation.</summary>
internal static class Judge
{
    public static EvaluationResult Run(Holdout holdout, Rankings rankings, EvaluationPlan plan) =>
        Evaluator.Evaluate(holdout, rankings, plan, TestContext.Current.CancellationToken);
}
