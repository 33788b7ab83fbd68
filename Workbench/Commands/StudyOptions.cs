using System.CommandLine;
using Workbench.Studies;

namespace Workbench.Commands;

/// <summary>Where studies are, for commands that look at them.</summary>
internal sealed class StudyOptions
{
    private readonly Option<string> _folder = new("--studies") { Description = "the folder of studies", DefaultValueFactory = _ => "studies", HelpName = "DIR" };

    private readonly Option<string?> _store = Store("what keeps trials; default: sqlite");

    internal void AddTo(Command command)
    {
        command.Add(_folder);
        command.Add(_store);
    }

    /// <param name="parsed">the command line</param>
    /// <param name="artifactsInDatabase">bytes; null for the usual</param>
    internal StudyRoot Of(ParseResult parsed, long? artifactsInDatabase = null) =>
        StudyRoot.Of(parsed.GetValue(_store) == "postgres" ? StoreKind.Postgres : StoreKind.Sqlite, parsed.GetValue(_folder)!, artifactsInDatabase);

    internal static Option<string?> Store(string description)
    {
        var store = new Option<string?>("--store") { Description = $"{description}. The address of postgres is in the environment variable WORKBENCH_POSTGRES", HelpName = "sqlite|postgres" };
        store.AcceptOnlyFromAmong("sqlite", "postgres");
        return store;
    }

    /// <summary>As the experiment's key.</summary>
    internal static string[] Settings(string? store) => store is null ? [] : [$"store={store}"];
}
