namespace Workbench.Llm.Endpoints;

/// <summary>What became of one attempt at a call.</summary>
internal abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>One answer per question of the call.</summary>
    internal sealed record Answered(IReadOnlyList<Answer> Answers) : Verdict
    {
        public TokenCount Tokens => Answers.Aggregate(default(TokenCount), (sum, answer) => sum + answer.Tokens);
    }

    /// <summary>Worth another attempt.</summary>
    /// <param name="What">in a few words</param>
    /// <param name="Wait">how long the endpoint asks to wait, if it does</param>
    /// <param name="MayBeBilled">the endpoint may have done the work</param>
    internal sealed record Faulty(string What, TimeSpan? Wait = null, bool MayBeBilled = false) : Verdict;

    /// <summary>This call will not be answered, others may be.</summary>
    internal sealed record Refused(string What) : Verdict;

    /// <summary>No call will be answered: one line for the user.</summary>
    internal sealed record Hopeless(string What) : Verdict;
}
