using System.Globalization;
using Workbench.Experiments.Binding;
using Workbench.Experiments.Yaml;

namespace Workbench.Experiments;

/// <summary>
/// One <c>--set key=value</c> of the command line. The key is a path through the file, parts separated by dots; a part of a list is a
/// position from 0 or, in lists of methods, a name, which means every entry of that name. The value is YAML. Names with dots in them
/// are recognised where the file has them: <c>llms.gpt-3.5-turbo.matches=own</c>.
/// </summary>
internal sealed class Setting
{
    private readonly string[] _path;
    private readonly YamlNode _value;
    private readonly YamlSource _source;

    private Setting(string[] path, YamlNode value, YamlSource source) => (_path, _value, _source) = (path, value, source);

    /// <param name="text">without the <c>--set</c></param>
    /// <param name="order">1 for the first of the command line</param>
    /// <param name="folder">what relative paths in the value are relative to</param>
    /// <param name="errors">gets duplicate keys and the like in the value</param>
    /// <exception cref="YamlSyntaxException">It is no setting, or its value is no YAML.</exception>
    public static Setting Parse(string text, int order, string folder, List<FileError> errors)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string key = equals < 0 ? text : text[..equals];
        var source = new YamlSource($"--set {OneLine.Of(key)}", folder, order);
        string[] path = key.Split('.');
        if (equals < 0 || path.Any(part => part.Trim().Length != part.Length || part.Length == 0))
            throw Refuse(source, "a setting is written `--set key=value`, such as `--set dataset.path=DIR`");
        if (path.Length > YamlReader.MaxDepth)
            throw Refuse(source, $"the key has more than {YamlReader.MaxDepth} parts");
        return new Setting(path, YamlReader.Read(text[(equals + 1)..], source, errors), source);
    }

    /// <summary>The file's tree with the value in it.</summary>
    /// <exception cref="YamlSyntaxException">The path leads through something that has no parts.</exception>
    public YamlNode Apply(YamlNode root) => Replace(root, 0);

    private YamlNode Replace(YamlNode node, int at)
    {
        if (at == _path.Length)
            return _value;
        return node switch
        {
            YamlMapping mapping => InMapping(mapping, at),
            YamlSequence sequence => InSequence(sequence, at),
            YamlScalar { IsNull: true } => Made(at),
            YamlScalar { Plain: true, Text: EntryBinding.Auto } auto when at >= 2 =>
                InMapping(new YamlMapping(auto.Mark, [new YamlEntry(auto.Mark, EntryBinding.Search, auto)]), at),
            YamlScalar scalar when LengthOf(scalar.Text, at) is > 0 and var length =>
                new YamlMapping(scalar.Mark, [new YamlEntry(scalar.Mark, scalar.Text, Replace(Nothing, at + length))]),
            YamlFaulty => node,
            _ => throw Refuse(_source, $"`{Above(at)}` is a single value and has no `{_path[at]}`"),
        };
    }

    private YamlMapping InMapping(YamlMapping mapping, int at)
    {
        int best = -1, length = 0;
        for (int i = 0; i < mapping.Entries.Count; i++)
        {
            if (LengthOf(mapping.Entries[i].Key, at) is var parts && parts > length)
                (best, length) = (i, parts);
        }

        if (best < 0)
            return mapping with { Entries = [.. mapping.Entries, NewEntry(at)] };
        YamlEntry old = mapping.Entries[best];
        bool isWhole = at + length == _path.Length;
        var entry = new YamlEntry(isWhole ? Mark : old.KeyMark, old.Key, Replace(old.Value, at + length));
        return mapping with { Entries = [.. mapping.Entries.Select((other, i) => i == best ? entry : other)] };
    }

    private YamlSequence InSequence(YamlSequence sequence, int at)
    {
        string part = _path[at];
        if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            if (index > sequence.Items.Count)
                throw Refuse(_source, $"`{Above(at)}` has {sequence.Items.Count} entries, counted from 0");
            return index == sequence.Items.Count
                ? sequence with { Items = [.. sequence.Items, Replace(Nothing, at + 1)] }
                : sequence with { Items = [.. sequence.Items.Select((item, i) => i == index ? Replace(item, at + 1) : item)] };
        }

        if (!sequence.Items.Any(item => IsNamed(item, at)))
            throw Refuse(_source, $"`{Above(at)}` is a list without an entry `{part}`: give a position from 0, or the name of an entry");
        return sequence with { Items = [.. sequence.Items.Select(item => IsNamed(item, at) ? Replace(item, at) : item)] };
    }

    /// <summary>True if an entry is a name, or a name with options, and the path goes on with that name.</summary>
    private bool IsNamed(YamlNode item, int at) => item switch
    {
        YamlScalar scalar => LengthOf(scalar.Text, at) > 0,
        YamlMapping { Entries.Count: 1 } mapping => LengthOf(mapping.Entries[0].Key, at) > 0,
        _ => false,
    };

    /// <summary>What the path makes where the file has nothing.</summary>
    private YamlNode Made(int at) => _path[at] == "0"
        ? new YamlSequence(Mark, [Replace(Nothing, at + 1)])
        : new YamlMapping(Mark, [NewEntry(at)]);

    private YamlEntry NewEntry(int at) => new(Mark, _path[at], Replace(Nothing, at + 1));

    /// <summary>How many parts of the path, from a position on, are a name that may have dots; 0 if it is another.</summary>
    private int LengthOf(string name, int at)
    {
        int dots = name.Count(c => c == '.');
        return at + dots < _path.Length && string.Join('.', _path[at..(at + dots + 1)]) == name ? dots + 1 : 0;
    }

    private YamlMark Mark => new(_source, 1, 1);

    private YamlScalar Nothing => new(Mark, "", Plain: true);

    private string Above(int at) => at == 0 ? "the file" : string.Join('.', _path[..at]);

    private static YamlSyntaxException Refuse(YamlSource source, string message) => new(new YamlMark(source, 1, 1), message);
}
