using System.Text;

namespace Trainers.Options;

/// <summary>How C# names are written in YAML: properties in snake_case, enum members in kebab-case.</summary>
public static class OptionName
{
    /// <summary><c>TrainOn</c> becomes <c>train_on</c>.</summary>
    public static string OfProperty(string name) => Split(name, '_');

    /// <summary><c>SampledSoftmax</c> becomes <c>sampled-softmax</c>.</summary>
    public static string OfMember<TEnum>(TEnum value) where TEnum : struct, Enum => Split(value.ToString(), '-');

    /// <summary>The same for a member known by its C# name.</summary>
    public static string OfMember(string name) => Split(name, '-');

    private static string Split(string name, char separator)
    {
        var text = new StringBuilder(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            bool starts = char.IsAsciiLetterUpper(name[i]) && i > 0
                && (!char.IsAsciiLetterUpper(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));
            if (starts)
                text.Append(separator);
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
