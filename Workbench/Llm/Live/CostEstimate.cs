using System.Globalization;
using Workbench.Llm.Endpoints;

namespace Workbench.Llm.Live;

/// <summary>What asking a model would cost.</summary>
/// <param name="Model">its name</param>
/// <param name="Turns">that need a reply</param>
/// <param name="Questions">different ones: turns with the same prompt share a reply</param>
/// <param name="Cached">of the questions, those that have an answer already</param>
/// <param name="Tokens">of the others: prompts about so many, replies at most so many</param>
/// <param name="Prices">of a million tokens</param>
/// <param name="Budget">of a run</param>
internal sealed record CostEstimate(string Model, int Turns, int Questions, int Cached, TokenCount Tokens, Prices Prices, Budget Budget)
{
    /// <summary>One line, with what the budget means for it.</summary>
    public override string ToString()
    {
        string money = Prices.Of(Tokens) is { } cost ? string.Create(CultureInfo.InvariantCulture, $"cost at most {Prices.Text(cost)}")
            : Questions == Cached ? "cost 0"
            : "cost unknown: give `prompt_price` and `reply_price`";
        string enough = Tokens.Total > Budget.Tokens || Prices.Of(Tokens) > Budget.Money ? $"; the {Budget} may not suffice: the run would stop before it is exceeded, and go on with the next" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Model}: {Turns:N0} turns, {Questions:N0} different prompts, {Cached:N0} of them in the cache: {Questions - Cached:N0} calls, about {Tokens.Prompt:N0} tokens of prompts, at most {Tokens.Reply:N0} of replies, {money}{enough}");
    }
}
