using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainers.Options;
using Workbench.Experiments.Binding;

namespace Workbench.Experiments;

/// <summary>The JSON Schema (draft 2020-12) of experiments.yaml, from the same declarations as the reader, for editors that complete and check.</summary>
/// <remarks>What keys mean to each other (a reranker needs a trainer) is the reader's alone.</remarks>
public static class ExperimentSchema
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Indented JSON with LF line ends; the same text on every machine.</summary>
    public static string ToJson(ExperimentCatalogs catalogs)
    {
        JsonObject root = RecordSchema.Of(typeof(Experiment), catalogs);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "experiments.yaml",
            ["description"] = "An experiment of the workbench: data, rows, evaluation and reports.",
        };
        foreach ((string key, JsonNode? value) in root)
            schema[key] = value?.DeepClone();
        schema["$defs"] = Definitions(catalogs);
        return schema.ToJsonString(Layout) + "\n";
    }

    /// <summary>One definition per method: its options.</summary>
    private static JsonObject Definitions(ExperimentCatalogs catalogs)
    {
        var definitions = new JsonObject();
        foreach (EntriesShape shape in Member.Of(typeof(Experiment)).Select(member => member.Shape).OfType<EntriesShape>().Where(shape => shape.Many))
        {
            if (shape.Kind == ExperimentCatalogs.Llm)
                Define(EntrySchema.NameOf(shape.Kind, null), catalogs.LlmOptions, shape, "a language model, by recorded or live replies");
            foreach (ICatalogEntry entry in catalogs.Of(shape.Kind).Entries)
                Define(EntrySchema.NameOf(shape.Kind, entry.Name), entry.OptionsType, shape, entry.Doc);
        }

        return definitions;

        void Define(string name, Type options, EntriesShape shape, string doc)
        {
            definitions[name] = EntrySchema.OptionsOf(options, shape, catalogs, doc, name);
            if (EntryBinding.IsSearchable(shape))
                definitions[DistributionSchema.NameOfConditions(name)] = DistributionSchema.Conditions(options);
        }
    }
}
