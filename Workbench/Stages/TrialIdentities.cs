using System.Globalization;
using System.Security.Cryptography;
using Trainers.Kernels;
using Trainers.Options;
using Workbench.Experiments;
using Workbench.Studies;

namespace Workbench.Stages;

/// <summary>What decides the results of an experiment's trials, put into words: the program, the data, the task, a row's methods with all their options, the seed.</summary>
/// <remarks>Metrics and cut-offs are no part of it: a row's lists are kept, and judged anew. Neither are threads, jobs and memory, which change no result.</remarks>
internal sealed class TrialIdentities
{
    private readonly TrialIdentity _training;
    private readonly TrialIdentity _ranking;
    private readonly Dictionary<string, string> _lists;

    /// <param name="experiment">whose rows they are</param>
    /// <param name="fingerprint">of the data</param>
    /// <param name="lists">of the language models, by label</param>
    internal TrialIdentities(Experiment experiment, string fingerprint, IReadOnlyDictionary<string, LlmLists> lists)
    {
        _training = Common(experiment, fingerprint);
        _ranking = _training
            .With("depth", OptionText.Of(experiment.Evaluation.Depth))
            .With("exclude_seen", OptionText.Of(experiment.Evaluation.ExcludeSeen))
            .With("fallback", experiment.Fallback is { } fallback ? string.Create(CultureInfo.InvariantCulture, $"{fallback.Name} {OptionLabel.Of(fallback.Options)}, seed {experiment.Seeds[0]}") : null);
        _lists = lists.ToDictionary(list => list.Key, list => DigestOf(list.Value.Items));
    }

    /// <summary>Of whatever this program does: not yet of any trial.</summary>
    internal static TrialIdentity OfProgram => new TrialIdentity().With("program", Program.Value);

    /// <summary>Of whatever this program does on this machine.</summary>
    internal static TrialIdentity OfProgramHere => OfProgram.With("instruction set", InstructionSet.Name);

    /// <summary>Of what a language model is asked: with equal ones, its replies to the same turns are as good as each other.</summary>
    internal static TrialIdentity Asked(Configuration llm, string fingerprint, string turns) =>
        Part(OfProgram.With("trial", TrialRecord.Replies).With("data", fingerprint), "llm", llm).With("turns", turns);

    /// <summary>Of a training whose embeddings rows share.</summary>
    internal TrialIdentity Training(Configuration trainer, ulong seed) => Part(_training.With("trial", TrialRecord.Embeddings), "trainer", trainer).With("seed", OptionText.Of((long)seed));

    /// <summary>Of a row with one seed.</summary>
    internal TrialIdentity Row(RowPlan plan, ulong seed)
    {
        TrialIdentity identity = Parts(_ranking.With("trial", TrialRecord.Row).With("kind", plan.Kind), plan);
        return identity.With("searched", plan.Searched).With("seed", OptionText.Of((long)seed));
    }

    /// <summary>Of a trial of a search, but for its seed and epochs.</summary>
    internal TrialIdentity Search(Configuration configuration, string objective) =>
        Part(_ranking.With("trial", TrialRecord.Search).With("objective", objective), configuration.Kind, configuration);

    /// <summary>Of a trial of a search among rows, but for its seed and epochs.</summary>
    internal TrialIdentity Search(RowPlan plan, string objective) => Parts(_ranking.With("trial", TrialRecord.Search).With("objective", objective), plan);

    private static TrialIdentity Common(Experiment experiment, string fingerprint)
    {
        TrialIdentity identity = OfProgramHere
            .With("data", fingerprint)
            .With("task", OptionName.OfMember(experiment.Task))
            .With("catalogue", OptionName.OfMember(experiment.Catalogue))
            .With("train_items", OptionName.OfMember(experiment.TrainItems))
            .With("train_through", OptionName.OfMember(experiment.TrainThrough))
            .With("filter", OptionLabel.Of(experiment.Filter))
            .With("split", OptionLabel.Of(experiment.Split))
            .With("evaluated on", OptionName.OfMember(experiment.Evaluation.Split));
        return experiment.Split.By == SplitBy.Dialogue ? identity.With("dialogues drawn by", OptionText.Of(experiment.Seeds[0])) : identity;
    }

    private TrialIdentity Parts(TrialIdentity identity, RowPlan plan)
    {
        foreach (Configuration part in plan.Parts)
            identity = Part(identity, part.Kind, part);
        return plan.Model is { } model ? identity.With("lists", _lists[model]) : identity;
    }

    private static TrialIdentity Part(TrialIdentity identity, string kind, Configuration part)
    {
        identity = identity.With(kind, part.Name);
        foreach (OptionSpec spec in OptionSpecs.Of(part.Options.GetType()).Where(Configuration.IsEssential))
        {
            object? value = spec.Get(part.Options);
            identity = identity.With($"{kind}.{spec.Name}", OptionText.Of(value));
            if (value is string path && Configuration.IsPath(spec))
                identity = identity.With($"{kind}.{spec.Name} holds", ContentOf(path));
        }

        return identity;
    }

    /// <summary>Of a file its bytes, of a folder all its files but caches; what is not there is nothing.</summary>
    private static string ContentOf(string path)
    {
        if (File.Exists(path))
        {
            using FileStream stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }

        if (!Directory.Exists(path))
            return "nothing";
        var identity = new TrialIdentity();
        foreach (string file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(path, file);
            if (!name.StartsWith('.'))
                identity = identity.With(name, ContentOf(file));
        }

        return identity.Key;
    }

    private static string DigestOf(IReadOnlyList<int[]> lists)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int[] list in lists)
        {
            hash.AppendData(BitConverter.GetBytes(list.Length));
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(list.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A compiled module has an id of its own, which changes with its code.</summary>
    private static readonly Lazy<string> Program = new(() => string.Join(
        ' ', new[] { typeof(TrialIdentities), typeof(InstructionSet), typeof(Baselines.BaselineCatalog), typeof(Evaluation.Rankings), typeof(Data.LinkedDataset) }
            .Select(type => type.Assembly.ManifestModule.ModuleVersionId.ToString("N"))));
}
