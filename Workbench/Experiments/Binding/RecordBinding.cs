using Workbench.Experiments.Yaml;

namespace Workbench.Experiments.Binding;

/// <summary>A mapping of the file as a record: every key must be known, every required key be there, none twice.</summary>
internal static class RecordBinding
{
    /// <summary>The record; where something was wrong (and reported), it has the default.</summary>
    /// <param name="context">gets the mistakes</param>
    /// <param name="type">a record with a public parameterless constructor</param>
    /// <param name="mapping">its keys</param>
    /// <param name="owner">whose keys they are, for messages; null for the file itself</param>
    public static object Bind(BindingContext context, Type type, YamlMapping mapping, string? owner)
    {
        IReadOnlyList<Member> members = Member.Of(type);
        object record = Activator.CreateInstance(type)!;
        foreach (YamlEntry unknown in mapping.Entries.Where(entry => !members.Any(member => member.IsNamed(entry.Key))))
            context.Within(unknown.Key, () => Unknown(context, unknown, owner, members));

        Dictionary<Member, YamlEntry> given = Choose(context, members, mapping);
        foreach (Member member in members)
        {
            if (given.TryGetValue(member, out YamlEntry? entry))
                context.Within(member.Name, () => Set(context, record, member, entry.Value));
            else if (member.Key.Required && !mapping.Entries.Any(other => member.IsNamed(other.Key)))
                context.Within(member.Name, () => Missing(context, member, mapping, owner));
        }

        return record;
    }

    /// <summary>What to say of a key that nobody knows.</summary>
    public static bool Unknown(BindingContext context, YamlEntry entry, string? owner, IReadOnlyList<Member> members)
    {
        string[] known = [.. members.Select(member => member.Name)];
        string name = OneLine.Of(entry.Key);
        string of = owner is null ? "" : $" of `{owner}`";
        string list = known.Length == 0 ? " (it has no options)" : $" (known: {string.Join(", ", known)})";
        context.Error(entry.KeyMark, $"there is no option `{name}`{of}{ScalarReader.DidYouMean(entry.Key, known)}{list}");
        return false;
    }

    public static bool Set(BindingContext context, object record, Member member, YamlNode node)
    {
        if (!ValueBinding.TryBind(context, member, node, out object? value))
            return false;
        member.Property.SetValue(record, value);
        return true;
    }

    private static bool Missing(BindingContext context, Member member, YamlMapping mapping, string? owner)
    {
        string of = owner is null ? "" : $" of `{owner}`";
        context.Error(mapping.Mark, $"the key `{member.Name}`{of} is missing: {member.Doc}");
        return false;
    }

    /// <summary>One entry per member; of keys that exclude each other, those of the command line win over the file's.</summary>
    private static Dictionary<Member, YamlEntry> Choose(BindingContext context, IReadOnlyList<Member> members, YamlMapping mapping)
    {
        List<(Member Member, YamlEntry Entry)> given =
        [
            .. from entry in mapping.Entries
               from member in members
               where member.IsNamed(entry.Key)
               select (member, entry),
        ];
        bool Loses((Member Member, YamlEntry Entry) one) => !one.Entry.KeyMark.Source.IsSetting
            && given.Any(other => other.Entry.KeyMark.Source.IsSetting && Exclude(one, other));

        given.RemoveAll(Loses);
        var chosen = new Dictionary<Member, YamlEntry>();
        foreach ((Member Member, YamlEntry Entry) one in given)
        {
            if (chosen.Where(other => Exclude(one, (other.Key, other.Value))).Select(other => other.Value).FirstOrDefault() is { } rival)
                context.Within(one.Member.Name, () => Conflict(context, one.Entry, rival));
            else
                chosen.Add(one.Member, one.Entry);
        }

        return chosen;
    }

    private static bool Exclude((Member Member, YamlEntry Entry) a, (Member Member, YamlEntry Entry) b) =>
        !ReferenceEquals(a.Entry, b.Entry)
        && (ReferenceEquals(a.Member, b.Member)
            || (a.Member.Key.Group is { } one && b.Member.Key.Group is { } other && one != other));

    private static bool Conflict(BindingContext context, YamlEntry entry, YamlEntry earlier)
    {
        context.Error(entry.KeyMark, $"`{entry.Key}` and `{earlier.Key}` exclude each other: keep one of them");
        return false;
    }
}
