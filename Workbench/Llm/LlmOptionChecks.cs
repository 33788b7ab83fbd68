using Trainers;
using Trainers.Options;

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
        RequireAddress(options.BaseUrl);
        if (options.BudgetMoney is not null && (options.PromptPrice is null || options.ReplyPrice is null))
            throw new UserErrorException("`budget_money` needs `prompt_price` and `reply_price`: the prices of a million tokens, as on the endpoint's price list");
        if (options.KeyVariable is { } variable && !(variable.Length > 0 && variable.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')))
            throw new UserErrorException("`key_variable` is the name of an environment variable: letters, digits and `_`; the key itself stands in no file");
    }

    /// <summary>Only the environment knows secrets: an address with a name and password or a query is refused, and not repeated.</summary>
    private static void RequireAddress(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            throw new UserErrorException("`base_url` must be an address such as https://api.openai.com/v1 or http://localhost:8000/v1");
        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw new UserErrorException("`base_url` must be an address without a name, password or query: keys come from the environment only");
        if (uri.AbsolutePath.EndsWith("/chat/completions", StringComparison.Ordinal))
            throw new UserErrorException("`base_url` is the address up to what comes before /chat/completions");
    }
}
