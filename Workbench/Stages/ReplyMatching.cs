using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Data;
using Trainers;
using Trainers.Options;
using Workbench.Experiments;
using Workbench.Llm;
using Workbench.Llm.Live;
using Workbench.Studies;

namespace Workbench.Stages;

/// <summary>From replies to titles to items of the whole dataset. With a study, what was matched once is kept, for every task and catalogue.</summary>
internal sealed class ReplyMatching(LinkedDataset dataset, RunContext context)
{
    /// <returns>for each reply</returns>
    /// <exception cref="UserErrorException">The publisher's matches are wanted, and a reply has none.</exception>
    internal IReadOnlyList<MatchedReply> Of(Configuration llm, IReadOnlyList<LlmReply> replies)
    {
        var options = (LlmOptions)llm.Options;
        if (context.Study is not { } study)
            return Match(llm.Name, options, replies);

        TrialIdentity identity = Identity(options, replies);
        TrialTaking taking = study.Take(identity, TrialRecord.Matches, llm.Label);
        if (taking.Done is { } done)
        {
            if (study.Artifacts.Read(done.Artifact!) is { } bytes)
                return MatchedRepliesFile.Read(bytes);
            study.Discard(done);
        }

        // Whoever else is at it: matching is done sooner than waited for.
        return taking.Mine ? Keep(study, identity, llm, replies) : Match(llm.Name, options, replies);
    }

    private IReadOnlyList<MatchedReply> Keep(Study study, TrialIdentity identity, Configuration llm, IReadOnlyList<LlmReply> replies)
    {
        bool finished = false;
        try
        {
            var clock = Stopwatch.StartNew();
            IReadOnlyList<MatchedReply> matched = Match(llm.Name, (LlmOptions)llm.Options, replies);
            study.Finish(
                new TrialRecord(identity.Key, TrialRecord.Matches, llm.Label, null, null, clock.Elapsed.TotalSeconds, null, "{}"),
                stream => MatchedRepliesFile.Write(stream, matched));
            finished = true;
            return matched;
        }
        finally
        {
            if (!finished)
                study.GiveBack(identity);
        }
    }

    private MatchedReply[] Match(string model, LlmOptions options, IReadOnlyList<LlmReply> replies)
    {
        Func<LlmReply, MatchedReply> match = Matcher(model, options);
        return [.. replies.Select(match)];
    }

    private Func<LlmReply, MatchedReply> Matcher(string model, LlmOptions options)
    {
        if (options.Matches == MatchSource.Own)
        {
            var matcher = new TitleMatcher(dataset.Items, dataset.Ratings.CountItems());
            return reply => matcher.Match(StructuredReply.AsList(reply.Reply));
        }

        var recorded = RecordedMatcher.Of(dataset.Items);
        return reply => reply.Matches is null
            ? throw new UserErrorException($"llm/{model}.jsonl has no recorded matches for turn {reply.Turn}: use `matches: own`")
            : recorded.Match(reply);
    }

    private TrialIdentity Identity(LlmOptions options, IReadOnlyList<LlmReply> replies)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        foreach (LlmReply reply in replies)
        {
            Add(reply.Turn);
            Add(reply.Reply);
            hash.AppendData(BitConverter.GetBytes(reply.Matches?.Count ?? -1));
            foreach (RecordedMatch match in reply.Matches ?? [])
            {
                Add(match.Title);
                Add(match.Nearest);
                hash.AppendData(BitConverter.GetBytes(match.Distance));
            }
        }

        return TrialIdentities.OfProgram
            .With("trial", TrialRecord.Matches)
            .With("data", dataset.Provenance.Fingerprint)
            .With("matches", OptionName.OfMember(options.Matches))
            .With("replies", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
