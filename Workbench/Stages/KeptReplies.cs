using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Data;
using Workbench.Experiments;
using Workbench.Llm.Live;
using Workbench.Studies;

namespace Workbench.Stages;

/// <summary>A live model's replies in a study: whoever begins a run asks and keeps them, workers only read.</summary>
internal sealed class KeptReplies(Study study, Configuration llm, LinkedDataset dataset, IReadOnlyList<Turn> turns)
{
    private readonly TrialIdentity _identity = TrialIdentities.Asked(
        llm, dataset.Provenance.Fingerprint, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', turns.Select(turn => turn.Id))))));

    /// <summary>Null if nobody has asked.</summary>
    internal LiveReplies? Read() => study.Store.Find(_identity.Key) is { Artifact: { } artifact } && study.Artifacts.Read(artifact) is { } bytes
        ? JsonSerializer.Deserialize<LiveReplies>(bytes)
        : null;

    internal void Write(LiveReplies replies)
    {
        if (study.OnlyWatches || !study.Take(_identity, TrialRecord.Replies, llm.Label).Mine)
            return;
        bool finished = false;
        try
        {
            study.Finish(new TrialRecord(_identity.Key, TrialRecord.Replies, llm.Label, null, null, 0, null, "{}"), stream => JsonSerializer.Serialize(stream, replies));
            finished = true;
        }
        finally
        {
            if (!finished)
                study.GiveBack(_identity);
        }
    }
}
