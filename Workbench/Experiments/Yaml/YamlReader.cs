using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Workbench.Experiments.Yaml;

/// <summary>
/// Text to tree: the part of YAML that configuration needs. One document; plain, quoted and block scalars, lists and mappings with
/// distinct keys. Anchors, aliases, tags and keys that are no names are refused: nobody sweeps over them by intent.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>An experiment needs six levels.</summary>
    public const int MaxDepth = 32;

    private readonly YamlSource _source;
    private readonly List<FileError> _errors;
    private readonly Scanner _scanner;
    private readonly Parser _parser;

    private YamlReader(string text, YamlSource source, List<FileError> errors)
    {
        (_source, _errors) = (source, errors);
        _scanner = new Scanner(new StringReader(text), skipComments: true);
        _parser = new Parser(_scanner);
    }

    /// <summary>The tree of a text; a null scalar if the text has no content.</summary>
    /// <param name="text">of one document</param>
    /// <param name="source">for the marks</param>
    /// <param name="errors">gets what is no syntax error: duplicate keys, anchors, tags</param>
    /// <exception cref="YamlSyntaxException">The text is not YAML.</exception>
    public static YamlNode Read(string text, YamlSource source, List<FileError> errors)
    {
        YamlText.CheckCharacters(text, source);
        var reader = new YamlReader(text, source, errors);
        try
        {
            return reader.Document();
        }
        catch (YamlException exception)
        {
            throw Refuse(text, exception.Start, exception.Message, source, Explain(exception.Message));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The scanner has no words of its own for some broken texts.
            throw Refuse(text, reader._scanner.CurrentPosition, "", source, "not valid YAML: something is misplaced here or just before");
        }
    }

    /// <summary>With the place at which the mistake was made, where that is known, else at which the parser gave up.</summary>
    private static YamlSyntaxException Refuse(string text, Mark gaveUp, string message, YamlSource source, string otherwise) =>
        SyntaxCause.Of(text, gaveUp, message) is { } cause
            ? new YamlSyntaxException(MarkOf(cause.At, source), $"not valid YAML: {cause.What}")
            : new YamlSyntaxException(MarkOf(gaveUp, source), otherwise);

    private YamlNode Document()
    {
        Take();
        if (Peek() is StreamEnd)
            return new YamlScalar(new YamlMark(_source, 1, 1), "", Plain: true);

        Take();
        YamlNode root = Node(depth: 0);
        Take();
        if (Peek() is not StreamEnd)
            throw new YamlSyntaxException(MarkOf(Peek().Start, _source), "a second document begins here: one file is one experiment");
        return root;
    }

    private YamlNode Node(int depth)
    {
        ParsingEvent next = Take();
        YamlMark mark = MarkOf(next.Start, _source);
        if (depth > MaxDepth)
            throw new YamlSyntaxException(mark, $"nested more than {MaxDepth} levels deep");

        switch (next)
        {
            case AnchorAlias alias:
                return Refuse(mark, $"the alias `*{OneLine.Of(alias.Value.Value)}` is not supported: write the value out");
            case Scalar scalar:
                return Check(scalar, new YamlScalar(mark, scalar.Value, scalar.Style is ScalarStyle.Plain));
            case SequenceStart start:
                return Check(start, Sequence(mark, depth));
            case MappingStart start:
                return Check(start, Mapping(mark, depth));
            default:
                throw new YamlSyntaxException(mark, "a value was expected here");
        }
    }

    private YamlSequence Sequence(YamlMark mark, int depth)
    {
        var items = new List<YamlNode>();
        while (Peek() is not SequenceEnd)
            items.Add(Node(depth + 1));
        Take();
        return new YamlSequence(mark, items);
    }

    private YamlMapping Mapping(YamlMark mark, int depth)
    {
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, YamlMark>();
        while (Peek() is not MappingEnd)
        {
            YamlNode key = Node(depth + 1);
            YamlNode value = Node(depth + 1);
            if (key is YamlFaulty)
                continue;
            if (key is not YamlScalar name || name.IsNull)
                _errors.Add(new FileError(key.Mark, "a key must be a name: write `name: value`"));
            else if (seen.TryGetValue(name.Text, out YamlMark first))
                _errors.Add(new FileError(key.Mark, $"`{OneLine.Of(name.Text)}` is given twice (first in line {first.Line}): keep one of them"));
            else
            {
                seen.Add(name.Text, key.Mark);
                entries.Add(new YamlEntry(key.Mark, name.Text, value));
            }
        }

        Take();

        // The parser has no place for a pair without braces in a list: [a: 1].
        bool isLost = depth > 0 && mark is { Line: 1, Column: 1 } && entries.Count > 0;
        return new YamlMapping(isLost ? entries[0].KeyMark : mark, entries);
    }

    private YamlNode Check(NodeEvent start, YamlNode node)
    {
        if (!start.Anchor.IsEmpty)
            return Refuse(node.Mark, $"the anchor `&{OneLine.Of(start.Anchor.Value)}` is not supported: write the value out where it is needed");
        if (!start.Tag.IsEmpty)
            return Refuse(node.Mark, $"the tag `{OneLine.Of(start.Tag.Value)}` is not supported: remove it");
        return node;
    }

    private YamlFaulty Refuse(YamlMark mark, string message)
    {
        _errors.Add(new FileError(mark, message));
        return new YamlFaulty(mark);
    }

    private ParsingEvent Peek()
    {
        if (_parser.Current is null && !_parser.MoveNext())
            throw new YamlSyntaxException(new YamlMark(_source, 1, 1), "the text ends too early");
        return _parser.Current!;
    }

    private ParsingEvent Take()
    {
        ParsingEvent current = Peek();
        _parser.MoveNext();
        return current;
    }

    private static YamlMark MarkOf(Mark mark, YamlSource source) => new(source, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    /// <summary>"While parsing X, did not find Y." becomes "not valid YAML: did not find Y (while parsing X)".</summary>
    private static string Explain(string message)
    {
        string text = OneLine.Of(message, 200).TrimEnd('.');
        int comma = text.IndexOf(", ", StringComparison.Ordinal);
        string what = text.StartsWith("While ", StringComparison.Ordinal) && comma > 0
            ? $"{text[(comma + 2)..]} (w{text[1..comma]})"
            : text;
        return $"not valid YAML: {what}";
    }
}
