using System.Globalization;
using System.Text;
using Data;
using Trainers;

namespace Workbench.Llm.Prompts;

/// <summary>The prompt of a turn, [TASK] [FORMAT] [CONTEXT]: Reddit-ML32M, equation 4.</summary>
internal sealed class PromptTemplate
{
    /// <summary>A wording of our own, in the manner of He et al. 2023: who the model is, a bare list of so many titles, the dialogue up to the reply.</summary>
    private const string Default =
        """
        [TASK]
        Act as a movie recommender system. Below is a conversation between a user and you, the system.
        [FORMAT]
        Taking the conversation into account, give your {titles} recommendations as a numbered list, the best first, one title with its year per line, without any further sentences.
        [CONTEXT]
        The conversation:
        {context}
        System:
        """;

    // A template is a page of text, not a dataset.
    private const int MostBytes = 1 << 20;

    private readonly IReadOnlyList<TemplatePart> _parts;

    private PromptTemplate(IReadOnlyList<TemplatePart> parts) => _parts = parts;

    /// <param name="file">as <see cref="TemplateReader"/> describes it; null for the default</param>
    /// <exception cref="UserErrorException">The file cannot be read, or is no template.</exception>
    public static PromptTemplate Of(string? file)
    {
        if (file is null)
            return new PromptTemplate(TemplateReader.Read(Default, "the default template"));
        try
        {
            if (new FileInfo(file).Length > MostBytes)
                throw new UserErrorException("is larger than 1 MB: is it a template?", file);
            return new PromptTemplate(TemplateReader.Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(file)).TrimStart('\uFEFF'), file));
        }
        catch (DecoderFallbackException error)
        {
            throw new UserErrorException("is not UTF-8: save it as UTF-8", file, inner: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the template cannot be read: {error.Message}", file, inner: error);
        }
    }

    /// <param name="turn">whose reply is asked for: what was said before it</param>
    /// <param name="items">of the dataset that the turn is of</param>
    /// <param name="titles">how many are asked for</param>
    public string Fill(Turn turn, IReadOnlyList<Item> items, int titles)
    {
        var prompt = new StringBuilder();
        foreach (TemplatePart part in _parts)
        {
            prompt.Append(part.Filled switch
            {
                null => part.Text,
                Placeholder.Titles => titles.ToString(CultureInfo.InvariantCulture),
                Placeholder.Context => string.Join('\n', turn.Context.Where(said => !string.IsNullOrWhiteSpace(said.Text)).Select(Line)),
                _ => string.Join('\n', turn.Mentioned.Select(item => Title(items[item]))),
            });
        }

        return prompt.ToString();
    }

    /// <summary>One utterance is one line, whatever it holds.</summary>
    private static string Line(Utterance said) =>
        $"{(said.Role == Role.Seeker ? "User" : "System")}: {string.Join(' ', said.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}";

    private static string Title(Item item) => item.Year is { } year ? string.Create(CultureInfo.InvariantCulture, $"{item.Title} ({year})") : item.Title;
}
