using System.Text.RegularExpressions;
using Trainers.Options;
using Workbench.Llm;

namespace Workbench.Experiments;

/// <summary>Language models: any name that can be a file's is an entry, and all have the same options.</summary>
internal sealed partial class ModelCatalog(Type optionsType) : ICatalog
{
    public const string Pattern = "^[A-Za-z0-9][A-Za-z0-9._:@+-]{0,99}$";

    public string Kind => ExperimentCatalogs.Llm;

    /// <summary>None: every model is as good as another.</summary>
    public IReadOnlyList<ICatalogEntry> Entries => [];

    public ICatalogEntry? FindEntry(string name) => Name().Match(name).Length == name.Length ? new Model(name, optionsType) : null;

    public string Unknown(string name) =>
        $"`{name}` is no model's name: letters, digits and `._:@+-`, beginning with a letter or digit, as in llm/<model>.jsonl";

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    private sealed record Model(string Name, Type OptionsType) : ICatalogEntry
    {
        public string Doc => "a language model, by recorded or live replies";

        /// <summary>A model is its options: they need only fit each other.</summary>
        public object Make(object options)
        {
            if (options is LlmOptions llm)
                LlmOptionChecks.Require(llm);
            return options;
        }
    }
}
