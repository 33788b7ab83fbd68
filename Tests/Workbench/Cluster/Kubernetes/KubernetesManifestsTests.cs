using Trainers;
using Workbench.Cluster.Kubernetes;
using Workbench.Experiments;
using YamlDotNet.Serialization;

namespace Tests.Workbench.Cluster.Kubernetes;

/// <summary>
/// The manifests against the published structure of their kinds (Kubernetes' API reference, batch/v1 Job and v1 ConfigMap): every field is one that its object has, of
/// its type, and what the API server requires of an Indexed Job with a failure policy holds. No cluster has run them.
/// </summary>
public sealed class KubernetesManifestsTests
{
    private const string Yaml =
        """
        name: my_sweep.1
        task: next-item
        jobs: 2
        store: postgres   # "quoted": a, b
        dataset: { synthetic: { users: 200, items: 150, ratings: 4000, conversations: 0 } }
        baselines: [most-popular]
        kubernetes: { image: "registry/workbench:1", namespace: lab, workers: 8, cpus: 4, memory: 4GB, studies_claim: studies, data_claim: data, secret_name: pg, set: [dataset.path=/data/x] }
        """;

    // Fields of each object: "text", "number", "flag", "texts", "numbers", "map" of texts, or the name of another object, with [] for a list of them.
    private static readonly Dictionary<string, string> Structure = new()
    {
        ["ConfigMap"] = "apiVersion:text kind:text metadata:ObjectMeta data:map binaryData:map immutable:flag",
        ["Job"] = "apiVersion:text kind:text metadata:ObjectMeta spec:JobSpec",
        ["ObjectMeta"] = "name:text namespace:text labels:map annotations:map",
        ["JobSpec"] = "activeDeadlineSeconds:number backoffLimit:number backoffLimitPerIndex:number completionMode:text completions:number manualSelector:flag maxFailedIndexes:number parallelism:number "
            + "podFailurePolicy:PodFailurePolicy podReplacementPolicy:text suspend:flag template:PodTemplateSpec ttlSecondsAfterFinished:number",
        ["PodFailurePolicy"] = "rules:PodFailurePolicyRule[]",
        ["PodFailurePolicyRule"] = "action:text onExitCodes:OnExitCodes onPodConditions:OnPodCondition[]",
        ["OnExitCodes"] = "containerName:text operator:text values:numbers",
        ["OnPodCondition"] = "status:text type:text",
        ["PodTemplateSpec"] = "metadata:ObjectMeta spec:PodSpec",
        ["PodSpec"] = "containers:Container[] restartPolicy:text terminationGracePeriodSeconds:number securityContext:PodSecurityContext volumes:Volume[] nodeSelector:map serviceAccountName:text",
        ["PodSecurityContext"] = "fsGroup:number runAsGroup:number runAsNonRoot:flag runAsUser:number",
        ["Container"] = "args:texts command:texts env:EnvVar[] image:text imagePullPolicy:text name:text resources:ResourceRequirements volumeMounts:VolumeMount[] workingDir:text",
        ["EnvVar"] = "name:text value:text valueFrom:EnvVarSource",
        ["EnvVarSource"] = "secretKeyRef:SecretKeySelector",
        ["SecretKeySelector"] = "key:text name:text optional:flag",
        ["ResourceRequirements"] = "limits:map requests:map",
        ["VolumeMount"] = "mountPath:text name:text readOnly:flag subPath:text",
        ["Volume"] = "name:text configMap:ConfigMapVolumeSource emptyDir:EmptyDirVolumeSource persistentVolumeClaim:PersistentVolumeClaimVolumeSource",
        ["ConfigMapVolumeSource"] = "name:text optional:flag",
        ["EmptyDirVolumeSource"] = "medium:text sizeLimit:text",
        ["PersistentVolumeClaimVolumeSource"] = "claimName:text readOnly:flag",
    };

    private static Experiment Read(string yaml, params string[] settings) => ExperimentFile.Parse(yaml, "x.yaml", "/data", settings, Catalogs.All).Require();

    private static Dictionary<object, object>[] Manifests(string yaml = Yaml, params string[] settings) =>
        [.. KubernetesManifests.Of(Read(yaml, settings)).Split("\n---\n").Select(text => new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<Dictionary<object, object>>(text + "\n"))];

    private static object At(object node, params object[] path) => path.Aggregate(node, (at, step) => step is int index ? ((List<object>)at)[index] : ((Dictionary<object, object>)at)[step]);

    [Fact]
    public void Every_field_is_one_that_its_kind_has()
    {
        foreach (Dictionary<object, object> manifest in Manifests())
            Check(manifest, (string)manifest["kind"], (string)manifest["kind"]);
        Dictionary<object, object> wrong = Manifests()[1];
        ((Dictionary<object, object>)wrong["spec"])["backoffLimitPerindex"] = 1;
        Assert.ThrowsAny<Exception>(() => Check(wrong, "Job", "Job"));
    }

    private static void Check(object value, string type, string path)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            foreach (object item in Assert.IsType<List<object>>(value))
                Check(item, type[..^2], $"{path}[]");
            return;
        }

        switch (type)
        {
            case "text":
                Assert.True(value is string, $"{path}: {value}");
                return;
            case "number":
                Assert.True(value is byte or short or int or long, $"{path}: {value} {value.GetType()}");
                return;
            case "flag":
                Assert.IsType<bool>(value);
                return;
            case "texts" or "numbers":
                foreach (object item in Assert.IsType<List<object>>(value))
                    Check(item, type[..^1], $"{path}[]");
                return;
            case "map":
                foreach ((object key, object item) in Assert.IsType<Dictionary<object, object>>(value))
                    Check(item, "text", $"{path}.{key}");
                return;
        }

        Dictionary<string, string> fields = Structure[type].Split(' ').Select(field => field.Split(':')).ToDictionary(field => field[0], field => field[1]);
        foreach ((object key, object item) in Assert.IsType<Dictionary<object, object>>(value))
        {
            Assert.True(fields.TryGetValue((string)key, out string? inner), $"{path} has no {key}");
            Check(item, inner!, $"{path}.{key}");
        }
    }

    [Fact]
    public void They_run_the_worker()
    {
        Dictionary<object, object>[] manifests = Manifests(Yaml, "evaluation.depth=70");
        (object map, object job) = (manifests[0], manifests[1]);
        Assert.Equal(("v1", "batch/v1", "workbench-my-sweep-1", "lab"), (At(map, "apiVersion"), At(job, "apiVersion"), At(job, "metadata", "name"), At(job, "metadata", "namespace")));
        Assert.Equal(Yaml, At(map, "data", "experiment.yaml"));
        Assert.Equal(At(map, "metadata", "name"), At(job, "spec", "template", "spec", "volumes", 0, "configMap", "name"));
        Assert.Equal(("Indexed", "Never"), (At(job, "spec", "completionMode"), At(job, "spec", "template", "spec", "restartPolicy")));
        object worker = At(job, "spec", "template", "spec", "containers", 0);
        Assert.Equal(
            ["worker", "--study", "my_sweep.1", "--begin", "/experiment/experiment.yaml", "--studies", "/studies", "--store", "postgres", "--at-most", "4000000000B",
             "--set", "evaluation.depth=70", "--set", "dataset.path=/data/x", "--set", "threads=2"],
            ((List<object>)At(worker, "args")).Cast<string>());
        Assert.Equal(("pg", "WORKBENCH_POSTGRES"), (At(worker, "env", 0, "valueFrom", "secretKeyRef", "name"), At(worker, "env", 0, "valueFrom", "secretKeyRef", "key")));
        Assert.Equal(At(worker, "name"), At(job, "spec", "podFailurePolicy", "rules", 1, "onExitCodes", "containerName"));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\n\n  # indented, with a tab:\t.\n\n")]
    [InlineData("   \n# - \"--- |>\n...")]
    public void The_experiment_is_the_file_to_the_letter(string end) => Assert.Equal(Yaml + end, At(Manifests(Yaml + end)[0], "data", "experiment.yaml"));

    [Fact]
    public void What_is_missing_is_told()
    {
        Assert.Contains("`kubernetes.image`", Assert.Throws<UserErrorException>(() => KubernetesManifests.Of(Read(Yaml.Replace("image: \"registry/workbench:1\",", "", StringComparison.Ordinal)))).Message, StringComparison.Ordinal);
        Assert.Contains("`store: postgres`", Assert.Throws<UserErrorException>(() => KubernetesManifests.Of(Read(Yaml, "store=sqlite"))).Message, StringComparison.Ordinal);
        Assert.Equal("workbench-" + new string('a', 42), KubernetesManifests.NameOf(new string('a', 100)));
    }
}
