using Trainers;
using Trainers.Options;
using Workbench.Llm.Endpoints;

namespace Workbench.Llm;

/// <summary>What single options of a model cannot know of each other.</summary>
internal static class LlmOptionChecks
{
    private static readonly string[] Always = ["replies", "matches"];

    /// <exception cref="UserErrorException">Options contradict each other, or one has no effect.</exception>
    internal static void Require(LlmOptions options)
    {
        if (options.Replies == ReplySource.Recorded)
        {
            OptionSpec? idle = OptionSpecs.Of(typeof(LlmOptions))
                .FirstOrDefault(spec => !Always.Contains(spec.Name) && !Equals(spec.Get(options), spec.Default));
            if (idle is not null)
                throw new UserErrorException($"`{idle.Name}` has no effect on recorded replies: add `replies: live`, or drop it");
            return;
        }

        if (options.Matches == MatchSource.Recorded)
            throw new UserErrorException("`matches: recorded` needs replies whose publisher matched them, and live ones have none: use `matches: own`");
        EndpointAddress.Require(options.BaseUrl);
        if (options.BudgetMoney is not null && (options.PromptPrice is null || options.ReplyPrice is null))
            throw new UserErrorException("`budget_money` needs `prompt_price` and `reply_price`: the prices of a million tokens, as on the endpoint's price list");
        EndpointAddress.RequireVariable(options.KeyVariable);
    }
}
