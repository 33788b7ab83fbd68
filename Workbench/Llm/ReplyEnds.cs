using Data;
using Workbench.Llm.Endpoints;

namespace Workbench.Llm;

/// <summary>What a report must say of replies that did not simply end.</summary>
internal static class ReplyEnds
{
    /// <summary>A sentence per reason, in a fixed order; none if all ended by themselves.</summary>
    public static IReadOnlyList<string> Notes(string model, IReadOnlyCollection<LlmReply> replies) =>
    [
        .. replies.Where(reply => reply.Finish is not null)
            .GroupBy(reply => reply.Finish!)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => FormattableString.Invariant($"{model}: {group.Count():N0} of {replies.Count:N0} replies {What(group.Key)}.")),
    ];

    private static string What(string finish) => finish switch
    {
        Answer.Length => "were cut off at the greatest length, what there is of them counts",
        Answer.ContentFilter => "were withheld by the endpoint's content filter",
        _ => $"ended by `{finish}`",
    };
}
