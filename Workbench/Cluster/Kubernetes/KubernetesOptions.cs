using Trainers.Options;
using Workbench.Experiments;

namespace Workbench.Cluster.Kubernetes;

/// <summary>What <c>workbench run --on kubernetes --dry-run</c> writes into its manifests. It changes no result.</summary>
public sealed record KubernetesOptions
{
    private const string NamePattern = "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$";
    private const string NameInWords = "a name of lower-case letters, digits, `-` and `.`";

    [Option("the image of the workbench, as the cluster's nodes pull it"), Key(Pattern = "^[^\\s]+$", Expected = "an image's name without spaces")]
    public string? Image { get; init; }

    [Option("the namespace; default: that of whoever applies the manifests"), Key(Pattern = NamePattern, Expected = NameInWords)]
    public string? Namespace { get; init; }

    [Option("workers: indices of the job, all at the same time", Min = 1, Max = 100_000)]
    public int Workers { get; init; } = 4;

    [Option("processors of a worker, divided among its `jobs`", Min = 1, Max = 4096)]
    public int Cpus { get; init; } = 1;

    [Option("memory of a worker; trials that need more are left")]
    public MemorySize Memory { get; init; } = new(8_000_000_000);

    [Option("the claim of a volume for what is too large for the database and for checkpoints, mounted at /studies; default: a folder of the pod's own"), Key(Pattern = NamePattern, Expected = NameInWords)]
    public string? StudiesClaim { get; init; }

    [Option("the claim of a volume with the datasets, mounted read-only at /data"), Key(Pattern = NamePattern, Expected = NameInWords)]
    public string? DataClaim { get; init; }

    [Option("the secret whose key WORKBENCH_POSTGRES holds the address of the database"), Key(Pattern = NamePattern, Expected = NameInWords)]
    public string SecretName { get; init; } = "workbench";

    [Option("keys of the experiment that are different in a pod, e.g. [dataset.path=/data/ml-32m]"), Key(Pattern = "^[^\\r\\n]+$", Expected = "one line")]
    public IReadOnlyList<string> Set { get; init; } = [];
}
