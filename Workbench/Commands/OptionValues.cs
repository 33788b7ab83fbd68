using System.CommandLine;
using System.Globalization;
using Trainers;
using Trainers.Options;

namespace Workbench.Commands;

/// <summary>Options of a record as those of a command, and from the texts of a command line.</summary>
internal static class OptionValues
{
    /// <summary>Gives a command one text option for each of a record's, in order: <c>--base-url</c> for base_url.</summary>
    internal static Option<string?>[] AddTo(Command command, IReadOnlyList<OptionSpec> specs)
    {
        Option<string?>[] options = [.. specs.Select(spec => new Option<string?>($"--{spec.Name.Replace('_', '-')}")
        {
            Description = $"{spec.Doc}; default: {OptionText.Of(spec.Default)}",
            HelpName = "VALUE",
        })];
        foreach (Option<string?> option in options)
            command.Add(option);
        return options;
    }

    /// <param name="record">with its defaults; is not changed, a copy is returned</param>
    /// <param name="specs">its options</param>
    /// <param name="texts">a text per option; null keeps the default</param>
    /// <exception cref="UserErrorException">A text is no value of its option, or out of range.</exception>
    internal static T Bind<T>(T record, IReadOnlyList<OptionSpec> specs, IReadOnlyList<string?> texts) where T : notnull, new()
    {
        var bound = new T();
        for (int i = 0; i < specs.Count; i++)
        {
            object? value = texts[i] is { } text ? Parse(specs[i], text) : specs[i].Get(record);
            if (specs[i].Check(value) is { } problem)
                throw new UserErrorException($"--{specs[i].Name.Replace('_', '-')}: {problem}");
            specs[i].Property.SetValue(bound, value);
        }

        return bound;
    }

    private static object Parse(OptionSpec spec, string text)
    {
        try
        {
            return Convert.ChangeType(text, spec.ValueType, CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new UserErrorException($"--{spec.Name.Replace('_', '-')}: `{text}` is not {(spec.ValueType == typeof(double) ? "a number" : "a whole number in range")}", inner: error);
        }
    }
}
