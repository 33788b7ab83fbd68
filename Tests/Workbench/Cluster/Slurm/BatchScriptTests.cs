using Workbench;
using Workbench.Cluster;
using Workbench.Cluster.Slurm;
using Workbench.Experiments;
using Workbench.Stages;

namespace Tests.Workbench.Cluster.Slurm;

public sealed class BatchScriptTests
{
    private const string Head = "name: x\ntask: next-item\njobs: 2\ndataset: { synthetic: { users: 200, items: 150, ratings: 4000, conversations: 0 } }\n";

    private const string Rows = "baselines: [ease: { lambda: { log: [1, 1000] } }]\ntrainers: [item2vec: { epochs: 10000 }]\n";

    private static ExperimentFileResult Parse(string yaml) => ExperimentFile.Parse(yaml, "x.yaml", "/data", [], Catalogs.All);

    [Fact]
    public void All_that_is_asked_for_stands_in_the_script()
    {
        Experiment experiment = Parse(Head + Rows
            + "store: postgres\nslurm: { partition: long, account: lab, cpus: 8, gres: gpu:1, workers: 3, lines: ['#SBATCH --qos=low', 'module load dotnet'], command: apptainer run it.sif }\n").Require();
        string script = BatchScript.Of(experiment, new WorkerFolder("/shared/100%/my studies"), new TrialClass(5_000_000_000, 90, ""), [0, 1, 2, 5, 7, 8]);
        Assert.Equal(
            """
            #!/bin/sh
            #SBATCH --job-name=workbench-x
            #SBATCH --array=0-2,5,7-8
            #SBATCH --nodes=1
            #SBATCH --ntasks=1
            #SBATCH --cpus-per-task=8
            #SBATCH --mem=4769M
            #SBATCH --time=90
            #SBATCH --partition=long
            #SBATCH --account=lab
            #SBATCH --gres=gpu:1
            #SBATCH --output="/shared/100%%/my studies/slurm/x/log/%A_%a.txt"
            #SBATCH --open-mode=append
            #SBATCH --signal=B:TERM@60
            #SBATCH --no-requeue
            #SBATCH --qos=low
            module load dotnet
            exec apptainer run it.sif worker --study x --studies '/shared/100%/my studies' --store postgres --at-most 5000000000B --set threads=4

            """,
            script);
    }

    [Theory]
    [InlineData("slurm: { partition: 'a b' }", "x.yaml:7:")]
    [InlineData("slurm: { lines: [\"a\\nb\"] }", "one line")]
    [InlineData("slurm: { workers: 0 }", "from 1 to")]
    [InlineData("slurm: { partitoin: a }", "partition")]
    public void Mistakes_have_a_place(string section, string says) => Assert.Contains(says, Assert.Single(Parse(Head + Rows + section + "\n").Errors).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Each_method_says_what_it_needs_before_it_trains()
    {
        Experiment experiment = Parse(Head + Rows).Require();
        ExperimentSurvey survey = Pipeline.Survey(experiment, _ => 60, new RunContext(1, long.MaxValue, new SilentObserver(), TestContext.Current.CancellationToken));
        Assert.Equal(["ease", "item2vec (epochs=10000)"], survey.Needs.Select(need => need.Entry.Label));
        Assert.InRange(survey.Needs[0].Bytes, 150 * 150 * 8, 10_000_000);
        Assert.InRange(survey.Needs[1].Bytes, 150 * 64 * 4, 1_000_000_000);
        Assert.InRange(survey.InUse, 100_000_000, 20_000_000_000);
    }

    [Fact]
    public void Trials_are_grouped_by_what_they_need()
    {
        Experiment experiment = Parse(Head + Rows + "search: { trials: 10 }\nslurm: { workers: 2 }\n").Require();
        var survey = new ExperimentSurvey(200_000_000, [new(experiment.Baselines[0], 6_000_000_000, 120), new(experiment.Trainers[0], 50_000_000, null)]);
        IReadOnlyList<TrialClass> classes = TrialClasses.Of(experiment, survey);
        Assert.Equal([1L << 30, 8L << 30], classes.Select(one => one.Memory));

        // 11 trainings of two minutes by four at a time, and one more, twice over, and ten minutes.
        Assert.Equal([null, 30], classes.Select(one => one.Minutes));
        Assert.Equal("ease (6000.0 MB)", classes[1].Holds);
        TrialClass only = Assert.Single(TrialClasses.Of(Parse(Head + Rows + "slurm: { memory: 4GB, time: 90m }\n").Require(), survey));
        Assert.Equal((4_000_000_000, 90), (only.Memory, only.Minutes));
    }
}
