using Trainers;
using Workbench.Cluster.Slurm;

namespace Tests.Workbench.Cluster.Slurm;

/// <summary>What Slurm's programs print: recorded from 22.05, and in the forms that its manuals give.</summary>
public sealed class TaskReadingTests
{
    [Fact]
    public void A_queue_has_a_line_for_each_task()
    {
        const string Output = "1|0|FAILED|0:01|NonZeroExitCode|node1\n1|3|RUNNING|1-02:03:04|None|node2\n12|7|PENDING|0:00|Resources|\n13|N/A|RUNNING|0:05|None|node1\nsomething else\n";
        Assert.Equal(
            [
                new ArrayTask(1, 0, "FAILED", "node1", "", 1, "NonZeroExitCode"), new ArrayTask(1, 3, "RUNNING", "node2", "", 93784, ""), new ArrayTask(12, 7, "PENDING", "", "", 0, "Resources"),
            ],
            TaskReading.Queue(Output));
    }

    [Fact]
    public void Accounting_has_a_line_for_each_allocation()
    {
        const string Output = "12_3|CANCELLED by 1000|0:15|61|node1\n12_4|OUT_OF_MEMORY|0:125|7|node2\n12_[5-7]|PENDING|0:0|0|None assigned\n12_3.batch|CANCELLED|0:15|61|node1\n12_8|COMPLETED|0:0|2|node1\n";
        Assert.Equal(
            [new ArrayTask(12, 3, "CANCELLED", "node1", "0:15", 61, ""), new ArrayTask(12, 4, "OUT_OF_MEMORY", "node2", "0:125", 7, ""), new ArrayTask(12, 8, "COMPLETED", "node1", "0:0", 2, "")],
            TaskReading.Accounting(Output));
    }

    [Fact]
    public void The_controller_tells_a_job_in_a_line()
    {
        const string Output = "JobId=4 ArrayJobId=1 ArrayTaskId=2 JobName=j.sh UserId=root(0) GroupId=root(0) MCS_label=N/A JobState=CANCELLED Reason=None Dependency=(null) ExitCode=143:0 RunTime=00:01:02 "
            + "ReqNodeList=(null) ExcNodeList=(null) NodeList=node1 BatchHost=node1 Command=/shared/a b.sh WorkDir=/shared Power= \n"
            + "JobId=1 ArrayJobId=1 ArrayTaskId=0-3 JobName=j.sh JobState=PENDING Reason=Resources ExitCode=0:0 RunTime=00:00:00 NodeList= \n"
            + "JobId=9 ArrayJobId=1 ArrayTaskId=5 JobState=FAILED Reason=JobLaunchFailure ExitCode=0:9 RunTime=1-00:00:00 NodeList=(null)\n";
        Assert.Equal(
            [new ArrayTask(1, 2, "CANCELLED", "node1", "143:0", 62, ""), new ArrayTask(1, 5, "FAILED", "", "0:9", 86400, "JobLaunchFailure")], TaskReading.Jobs(Output));
    }

    [Theory]
    [InlineData("RUNNING", "", 0)]
    [InlineData("COMPLETED", "0:0", 1)]
    [InlineData("OUT_OF_MEMORY", "0:125", 2)]
    [InlineData("FAILED", "75:0", 3)]
    [InlineData("TIMEOUT", "0:15", 4)]
    [InlineData("NODE_FAIL", "", 4)]
    [InlineData("PREEMPTED", "0:15", 4)]
    [InlineData("CANCELLED", "130:0", 4)]
    [InlineData("FAILED", "0:9", 4)]
    [InlineData("FAILED", "143:0", 4)]
    [InlineData("FORGOTTEN", "", 4)]
    [InlineData("FAILED", "127:0", 5)]
    [InlineData("FAILED", "2:0", 5)]
    [InlineData("REFUSED", "", 5)]
    public void An_end_is_one_of_few(string state, string exit, int end) => Assert.Equal((TaskEnd)end, new ArrayTask(1, 1, state, "", exit, null, "").End);

    [Fact]
    public void A_controller_that_does_not_answer_is_no_answer()
    {
        Assert.True(SlurmProgram.IsSilence("slurm_load_jobs error: Unable to contact slurm controller (connect failure)"));
        Assert.False(SlurmProgram.IsSilence("slurm_load_jobs error: Invalid job id specified"));
        Assert.Contains("`no-such-program` cannot be started", Assert.Throws<UserErrorException>(() => new SlurmProgram().Call("no-such-program")).Message, StringComparison.Ordinal);
        Assert.Contains("did not answer within 0 s", Assert.Throws<SlurmSilentException>(() => new SlurmProgram(TimeSpan.FromMilliseconds(100)).Call("sleep", "20")).Message, StringComparison.Ordinal);
    }
}
