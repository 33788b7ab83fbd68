using Trainers.Options;

namespace Workbench.Search;

/// <summary>Where a method's options are searched by default, as declared beside them.</summary>
public static class DefaultSpace
{
    /// <summary>In the order of declaration; empty for a method with nothing to search. Conditions may name options that are not searched.</summary>
    public static IReadOnlyList<SearchParameter> Of(Type options) =>
        [.. OptionSpecs.Of(options).Where(spec => spec.Search is not null).Select(spec => new SearchParameter(spec.Name, Domain(spec), Conditions(spec.Search!)))];

    private static SearchDomain Domain(OptionSpec spec)
    {
        SearchAttribute search = spec.Search!;
        if (search.Choices is { } choices)
            return new ChoiceDomain(choices);
        return spec.ValueType == typeof(int) || spec.ValueType == typeof(long)
            ? new IntDomain((long)search.Low, (long)search.High, search.Log)
            : new NumberDomain(search.Low, search.High, search.Log);
    }

    private static SearchCondition[] Conditions(SearchAttribute search) =>
        search.When is { } other ? [new SearchCondition(OptionName.OfProperty(other), search.Is)] : [];
}
