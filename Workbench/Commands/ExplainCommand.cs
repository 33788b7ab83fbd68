using System.CommandLine;
using Workbench.Experiments;
using Workbench.Llm;
using Workbench.Stages;
using Workbench.Studies;

namespace Workbench.Commands;

/// <summary><c>workbench explain FILE</c>: what a run would do, and nothing of it done.</summary>
internal static class ExplainCommand
{
    internal static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "the experiment", DefaultValueFactory = _ => "experiments.yaml" };
        var set = new Option<string[]>("--set") { Description = "replace a key of the file, as in `run`; repeatable", HelpName = "KEY=VALUE" };
        var studies = new Option<string>("--studies") { Description = "the folder of studies, whose times are what is known", DefaultValueFactory = _ => "studies", HelpName = "DIR" };
        Option<string?> store = StudyOptions.Store("what keeps trials; default: the experiment's `store`");
        var command = new Command("explain", "Say what an experiment would run: rows, searches, trainings, time and cost.") { file, set, studies, store };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Explain(parsed.GetValue(file)!, [.. parsed.GetValue(set) ?? [], .. StudyOptions.Settings(parsed.GetValue(store))], parsed.GetValue(studies)!, cancellation), CancellationToken.None));
        return command;
    }

    private static int Explain(string file, string[] settings, string studies, CancellationToken cancellation)
    {
        if (ExperimentRun.Read(file, settings) is not { } experiment)
            return CommandLine.UsersMistake;

        foreach (string line in ExplanationText.Of(experiment, Explanation.Of(experiment, PastTimes.Of(StudyRoot.Of(experiment.Store, studies)).SecondsOf)))
            CommandLine.Say(line);

        // Only what is asked for needs the data, to count turns and words.
        bool isAsked = experiment.Llms.Any(llm => llm.Options is LlmOptions { Replies: ReplySource.Live });
        foreach (string line in isAsked ? Pipeline.Estimate(experiment, RunContext.Of(experiment, null, cancellation)) : ["no language model is asked: nothing to pay"])
            CommandLine.Say($"cost: {line}");
        return CommandLine.Success;
    }
}
