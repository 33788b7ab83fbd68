using Trainers;
using Workbench.Llm;

namespace Workbench.Experiments;

/// <summary>Divides what a whole run may cost among those who spend it.</summary>
internal static class BudgetShares
{
    /// <summary>Each language model that is asked may spend an equal share of the money, or what it was given itself if that is less.</summary>
    /// <exception cref="UserErrorException">A model has no prices.</exception>
    internal static Experiment OfCost(Experiment experiment)
    {
        int live = experiment.Llms.Count(IsLive);
        if (experiment.Budget.Cost is not { } money || live == 0)
            return experiment;
        foreach (Configuration llm in experiment.Llms.Where(llm => IsLive(llm) && llm.Options is LlmOptions options && (options.PromptPrice is null || options.ReplyPrice is null)))
            throw new UserErrorException($"`budget.cost` needs `prompt_price` and `reply_price` of `{llm.Label}`: the prices of a million tokens, as on the endpoint's price list");
        return experiment with { Llms = [.. experiment.Llms.Select(llm => IsLive(llm) ? llm with { Options = WithMoney(llm.Options, money / live) } : llm)] };
    }

    private static bool IsLive(Configuration llm) => llm.Options is LlmOptions { Replies: ReplySource.Live };

    private static object WithMoney(object options, double share)
    {
        var live = (LlmOptions)options;
        return live with { BudgetMoney = Math.Min(live.BudgetMoney ?? share, share) };
    }
}
