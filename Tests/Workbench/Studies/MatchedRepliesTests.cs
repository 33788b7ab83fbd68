using Data;
using Trainers;
using Workbench.Experiments;
using Workbench.Llm;
using Workbench.Stages;
using Workbench.Studies;

namespace Tests.Workbench.Studies;

/// <summary>What a language model's replies name is matched once for all runs.</summary>
public sealed class MatchedRepliesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly Experiment _experiment = SmallRun.Read(SmallRun.Conversation);
    private readonly LoadedDataset _loaded;

    public MatchedRepliesTests() => _loaded = DatasetLoading.Load(_experiment.Dataset, SmallRun.Context());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private LlmLists Lists(Study? study, LoadedDataset? loaded = null, params string[] settings)
    {
        RunContext context = SmallRun.Context() with { Study = study };
        Experiment experiment = SmallRun.Read(SmallRun.Conversation, settings);
        return LlmStage.Lists(experiment, loaded ?? _loaded, TaskPreparation.Prepare(loaded ?? _loaded, experiment, context), context).Single().Value;
    }

    private static void Same(LlmLists expected, LlmLists actual)
    {
        Assert.Equal(expected.Items, actual.Items);
        Assert.Equal(expected.Matched, actual.Matched);
        Assert.Equal(expected.Texts, actual.Texts);
        Assert.Equal(expected.Notes, actual.Notes);
    }

    [Fact]
    public void Matches_are_answered_from_the_study_whatever_the_catalogue()
    {
        using Study study = Study.Open(_folder, "small");
        LlmLists expected = Lists(null);
        Assert.Contains(expected.Matched, items => items.Length > 1);
        Same(expected, Lists(study));
        TrialRecord kept = Assert.Single(study.Store.Done());
        Assert.Equal((TrialRecord.Matches, "simulated-llm", null), (kept.Kind, kept.Label, kept.Failure));
        Same(expected, Lists(study));
        Same(Lists(null, null, "catalogue=all"), Lists(study, null, "catalogue=all"));
        Assert.Equal([kept], study.Store.Done());

        // It is read, not matched again: what is kept there under its key is what is answered.
        MatchedReply[] replies = MatchedRepliesFile.Read(study.Artifacts.Read(kept.Artifact!)!);
        study.Discard(kept);
        File.Delete(Path.Combine(_folder, "artifacts", "trials", kept.Key[..2], kept.Key + ".json"));
        Assert.True(study.Store.Take(kept.Key, kept.Kind, kept.Label).Mine);
        study.Finish(kept, stream => MatchedRepliesFile.Write(stream, [.. replies.Select(reply => reply with { Items = [.. reply.Items.Take(1)] })]));
        Assert.Equal(expected.Matched.Select(items => items.Take(1)), Lists(study).Matched);
    }

    [Fact]
    public void Another_reply_or_another_way_of_matching_is_matched_anew()
    {
        using Study study = Study.Open(_folder, "small");
        Lists(study);
        LinkedDataset dataset = _loaded.Dataset;
        (string model, IReadOnlyList<LlmReply> replies) = dataset.Replies.Single();
        LoadedDataset With(Func<LlmReply, LlmReply> change) =>
            _loaded with { Dataset = dataset with { Replies = new Dictionary<string, IReadOnlyList<LlmReply>> { [model] = [.. replies.Select(change)] } } };

        LoadedDataset silent = With(reply => reply with { Reply = "" });
        Assert.All(Lists(study, silent).Matched, Assert.Empty);
        Assert.Equal(2, study.Store.Done().Count);

        string title = dataset.Items[0].Title;
        LoadedDataset recorded = With(reply => reply with { Matches = [new RecordedMatch(title, title, 0)] });
        string[] published = [$"llms=[{{ {model}: {{ matches: recorded }} }}]"];
        Same(Lists(null, recorded, published), Lists(study, recorded, published));
        Assert.Equal(3, study.Store.Done().Count);
        Assert.Contains("has no recorded matches for turn", Assert.Throws<UserErrorException>(() => Lists(study, null, published)).Message, StringComparison.Ordinal);
        Assert.Equal(3, study.Store.Done().Count);
    }

    [Fact]
    public void Damaged_matches_are_made_again()
    {
        using Study study = Study.Open(_folder, "small");
        LlmLists expected = Lists(study);
        TrialRecord kept = Assert.Single(study.Store.Done());
        File.WriteAllText(Path.Combine(_folder, "artifacts", "objects", kept.Artifact![..2], kept.Artifact), "damaged");
        Same(expected, Lists(study));
    }

    [Fact]
    public void The_file_gives_back_what_was_written_and_refuses_what_is_no_such_file()
    {
        MatchedReply[] replies = [MatchedReply.Empty, new([3, MatchedReply.OffCatalogue, 0], 5, 1, 2, 1, 1), new([7], 1, 1, 0, 0, 0)];
        using var stream = new MemoryStream();
        MatchedRepliesFile.Write(stream, replies);
        MatchedReply[] back = MatchedRepliesFile.Read(stream.ToArray());
        Assert.Equal(replies.Select(reply => reply with { Items = MatchedReply.Empty.Items }), back.Select(reply => reply with { Items = MatchedReply.Empty.Items }));
        Assert.Equal(replies.Select(reply => reply.Items), back.Select(reply => reply.Items));
        Assert.Throws<InvalidDataException>(() => MatchedRepliesFile.Read("no matches"u8.ToArray()));
        Assert.Throws<InvalidDataException>(() => MatchedRepliesFile.Read(stream.ToArray()[..20]));
    }
}
