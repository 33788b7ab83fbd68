using System.CommandLine;
using Spectre.Console;
using Trainers;
using Workbench.Studies;

namespace Workbench.Commands;

/// <summary>The commands, and what becomes of their errors: one line each, exit code 2 for the user's mistakes, 1 for ours, 130 on Ctrl-C.</summary>
public static class CommandLine
{
    public const int Success = 0;
    public const int OurMistake = 1;
    public const int UsersMistake = 2;
    public const int Interrupted = 130;

    /// <summary>Begins the message of whoever knows what an interruption leaves.</summary>
    private const string Told = "interrupted:";

    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "show where an error came from",
        Recursive = true,
    };

    public static RootCommand Create() => new("A workbench for conversational and collaborative recommendation: link, train, rerank, evaluate, report.")
    {
        RunCommand.Create(),
        AutoCommand.Create(),
        WorkerCommand.Create(),
        AttachCommand.Create(),
        CancelCommand.Create(),
        StudiesCommand.Create(),
        ExplainCommand.Create(),
        LinkCommand.Create(),
        TrainCommand.Create(),
        EmbedCommand.Create(),
        RecommendCommand.Create(),
        LlmCommand.Create(),
        DataCommand.Create(),
        SchemaCommand.Create(),
        InitCommand.Create(),
        DoctorCommand.Create(),
        Verbose,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        ParseResult parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                Complain(error.Message);
            Complain("`workbench --help` and `workbench COMMAND --help` show what there is");
            return UsersMistake;
        }

        if (Console.IsOutputRedirected)
            (AnsiConsole.Profile.Capabilities.Ansi, AnsiConsole.Profile.Capabilities.ColorSystem) = (false, ColorSystem.NoColors);
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
            return await parsed.InvokeAsync(configuration);
        }
        catch (Exception error) when (error is UserErrorException or StudyException)
        {
            Complain(error.Message);
            Explain(parsed, error);
            return UsersMistake;
        }
        catch (OperationCanceledException error)
        {
            Complain(error.Message.StartsWith(Told, StringComparison.Ordinal) ? error.Message : $"{Told} nothing half-written is left");
            return Interrupted;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Complain(error.Message.ReplaceLineEndings(" "));
            Explain(parsed, error);
            return UsersMistake;
        }
        catch (Exception error)
        {
            Complain($"this is a mistake of the program's: {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")} (--verbose shows where)");
            Explain(parsed, error);
            return OurMistake;
        }
    }

    /// <summary>One line on standard error.</summary>
    internal static void Complain(string line) => Console.Error.WriteLine($"workbench: {line}");

    /// <summary>One line on standard error for a log, with nobody's name before it.</summary>
    internal static void Tell(string line) => Console.Error.WriteLine(line);

    /// <summary>One line on standard output, without markup.</summary>
    internal static void Say(string line) => AnsiConsole.Console.Profile.Out.Writer.WriteLine(line);

    private static void Explain(ParseResult parsed, Exception error)
    {
        if (parsed.GetValue(Verbose))
            Console.Error.WriteLine(error);
    }
}
