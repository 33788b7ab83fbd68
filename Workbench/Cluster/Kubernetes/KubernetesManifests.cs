using System.Globalization;
using System.Text.RegularExpressions;
using Trainers;
using Workbench.Experiments;
using Workbench.Studies;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;

namespace Workbench.Cluster.Kubernetes;

/// <summary>
/// A ConfigMap with the experiment and an Indexed Job of workers, as YAML for kubectl: each index is a worker that begins the study if nobody has, and does
/// trials until none is left. Source: the API reference of batch/v1 Job and v1 ConfigMap, Kubernetes 1.29 and later (<c>backoffLimitPerIndex</c>).
/// </summary>
internal static partial class KubernetesManifests
{
    /// <summary>How often a worker that failed is started again.</summary>
    private const int Retries = 5;

    /// <summary>What a worker that is told to end has to keep its state.</summary>
    private const int SecondsToStop = 60;

    private const string ExperimentFile = "experiment.yaml";

    /// <exception cref="UserErrorException">The experiment does not say what manifests need.</exception>
    public static string Of(Experiment experiment)
    {
        if (experiment.Kubernetes.Image is not { } image)
            throw new UserErrorException("`kubernetes.image` is missing: the image that the Dockerfile makes, as the cluster's nodes pull it");
        if (experiment.Store != StoreKind.Postgres)
            throw new UserErrorException("pods share no file of SQLite: use `store: postgres` with --on kubernetes");
        ExperimentSource source = experiment.Source ?? throw new UserErrorException("the experiment was read from no file");
        ISerializer yaml = new SerializerBuilder().WithQuotingNecessaryStrings().DisableAliases().WithEventEmitter(next => new LiteralLines(next)).Build();
        string name = NameOf(experiment.Name);
        return $"{Text(ConfigMap(name, experiment.Kubernetes, source))}---\n{Text(Job(name, experiment, image, source))}";

        string Text(object manifest) => yaml.Serialize(manifest).ReplaceLineEndings("\n");
    }

    /// <summary>Of what both are called: at most 63 letters, so that pods can be named after it.</summary>
    internal static string NameOf(string study)
    {
        string name = $"workbench-{NotOfName().Replace(study, "-")}";
        return name[..Math.Min(name.Length, 52)].Trim('-');
    }

    private static Dictionary<string, object> Metadata(string name, KubernetesOptions options)
    {
        var metadata = new Dictionary<string, object> { ["name"] = name, ["labels"] = new Dictionary<string, object> { ["app.kubernetes.io/name"] = "workbench" } };
        if (options.Namespace is { } space)
            metadata["namespace"] = space;
        return metadata;
    }

    private static Dictionary<string, object> ConfigMap(string name, KubernetesOptions options, ExperimentSource source) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = Metadata(name, options),
        ["data"] = new Dictionary<string, object> { [ExperimentFile] = source.Text },
    };

    private static Dictionary<string, object> Job(string name, Experiment experiment, string image, ExperimentSource source)
    {
        KubernetesOptions options = experiment.Kubernetes;
        return new()
        {
            ["apiVersion"] = "batch/v1",
            ["kind"] = "Job",
            ["metadata"] = Metadata(name, options),
            ["spec"] = new Dictionary<string, object>
            {
                ["completionMode"] = "Indexed",
                ["completions"] = options.Workers,
                ["parallelism"] = options.Workers,
                ["backoffLimitPerIndex"] = Retries,
                ["maxFailedIndexes"] = options.Workers,
                ["podFailurePolicy"] = new Dictionary<string, object> { ["rules"] = Rules() },
                ["template"] = new Dictionary<string, object>
                {
                    ["metadata"] = new Dictionary<string, object> { ["labels"] = new Dictionary<string, object> { ["app.kubernetes.io/name"] = "workbench" } },
                    ["spec"] = Pod(name, experiment, image, source),
                },
            },
        };
    }

    /// <summary>A pod that its node took away does not count as a failure; a mistake of the user's, or a trial that is too large, would be the same the next time.</summary>
    private static List<object> Rules() =>
    [
        new Dictionary<string, object>
        {
            ["action"] = "Ignore",
            ["onPodConditions"] = new List<object> { new Dictionary<string, object> { ["type"] = "DisruptionTarget", ["status"] = "True" } },
        },
        new Dictionary<string, object>
        {
            ["action"] = "FailIndex",
            ["onExitCodes"] = new Dictionary<string, object>
            {
                ["containerName"] = "worker", ["operator"] = "In", ["values"] = new List<object> { Commands.CommandLine.UsersMistake, Commands.WorkerCommand.LeftBigger },
            },
        },
    ];

    private static Dictionary<string, object> Pod(string name, Experiment experiment, string image, ExperimentSource source)
    {
        KubernetesOptions options = experiment.Kubernetes;
        List<object> volumes = [new Dictionary<string, object> { ["name"] = "experiment", ["configMap"] = new Dictionary<string, object> { ["name"] = name } }, Volume("studies", options.StudiesClaim)];
        List<object> mounts = [Mount("experiment", "/experiment", isReadOnly: true), Mount("studies", "/studies", isReadOnly: false)];
        if (options.DataClaim is not null)
        {
            volumes.Add(Volume("data", options.DataClaim));
            mounts.Add(Mount("data", "/data", isReadOnly: true));
        }

        var amount = new Dictionary<string, object> { ["cpu"] = options.Cpus.ToString(CultureInfo.InvariantCulture), ["memory"] = options.Memory.Bytes.ToString(CultureInfo.InvariantCulture) };
        return new()
        {
            ["restartPolicy"] = "Never",
            ["terminationGracePeriodSeconds"] = SecondsToStop,
            ["securityContext"] = new Dictionary<string, object> { ["runAsNonRoot"] = true, ["runAsUser"] = 1654, ["fsGroup"] = 1654 },
            ["containers"] = new List<object>
            {
                new Dictionary<string, object>
                {
                    ["name"] = "worker",
                    ["image"] = image,
                    ["args"] = new List<object>(Arguments(experiment, source)),
                    ["env"] = new List<object>
                    {
                        new Dictionary<string, object>
                        {
                            ["name"] = "WORKBENCH_POSTGRES",
                            ["valueFrom"] = new Dictionary<string, object> { ["secretKeyRef"] = new Dictionary<string, object> { ["name"] = options.SecretName, ["key"] = "WORKBENCH_POSTGRES" } },
                        },
                    },
                    ["resources"] = new Dictionary<string, object> { ["requests"] = amount, ["limits"] = amount },
                    ["volumeMounts"] = mounts,
                },
            },
            ["volumes"] = volumes,
        };
    }

    private static string[] Arguments(Experiment experiment, ExperimentSource source) =>
    [
        "worker", "--study", experiment.Name, "--begin", $"/experiment/{ExperimentFile}", "--studies", "/studies", "--store", "postgres",
        "--at-most", string.Create(CultureInfo.InvariantCulture, $"{experiment.Kubernetes.Memory.Bytes}B"),
        .. source.Settings.Concat(experiment.Kubernetes.Set).Append(string.Create(CultureInfo.InvariantCulture, $"threads={Math.Max(1, experiment.Kubernetes.Cpus / experiment.Jobs)}"))
            .SelectMany(setting => (string[])["--set", setting]),
    ];

    private static Dictionary<string, object> Volume(string name, string? claim) => claim is null
        ? new() { ["name"] = name, ["emptyDir"] = new Dictionary<string, object>() }
        : new() { ["name"] = name, ["persistentVolumeClaim"] = new Dictionary<string, object> { ["claimName"] = claim } };

    private static Dictionary<string, object> Mount(string name, string path, bool isReadOnly)
    {
        var mount = new Dictionary<string, object> { ["name"] = name, ["mountPath"] = path };
        if (isReadOnly)
            mount["readOnly"] = true;
        return mount;
    }

    /// <summary>Texts of several lines as they are, for whoever reads the manifests.</summary>
    private sealed class LiteralLines(IEventEmitter next) : ChainedEventEmitter(next)
    {
        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (eventInfo.Source.Value is string text && text.Contains('\n', StringComparison.Ordinal))
                eventInfo.Style = ScalarStyle.Literal;
            base.Emit(eventInfo, emitter);
        }
    }

    [GeneratedRegex("[^a-z0-9-]+")]
    private static partial Regex NotOfName();
}
