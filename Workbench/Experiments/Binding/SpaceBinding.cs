using Trainers;
using Trainers.Options;
using Trainers.Sampling;
using Workbench.Experiments.Yaml;
using Workbench.Search;

namespace Workbench.Experiments.Binding;

/// <summary>What an entry searches: its own distributions and, with <c>auto</c>, the default ones of all options that it does not give.</summary>
/// <param name="context">gets the mistakes</param>
/// <param name="entry">of the catalog</param>
/// <param name="auto">the default space is searched</param>
/// <param name="given">the entry's own distributions</param>
/// <param name="settled">names of the options with values</param>
internal sealed class SpaceBinding(BindingContext context, ICatalogEntry entry, bool auto, IReadOnlyList<Distribution> given, IReadOnlyCollection<string> settled)
{
    /// <summary>An entry of which no draw fits is refused.</summary>
    private const int Draws = 200;

    public bool IsSearched => auto || given.Count > 0;

    /// <summary>The space beside these options; null if something was wrong, which has been reported.</summary>
    /// <param name="cell">the options with values</param>
    /// <param name="mark">of the entry</param>
    public SearchSpace? Of(GridCell cell, YamlMark mark)
    {
        IReadOnlyList<SearchParameter> parameters = AssignedOptions.Decide(All(), cell.Options);
        if (!AreReachable(parameters, cell))
            return null;
        if (parameters.Count == 0)
            return Refuse(mark, $"`{entry.Name}` has nothing to search{(settled.Count > 0 ? " beside the options that are given" : "")}: leave `auto` out");
        try
        {
            var space = new SearchSpace(parameters, assignment => Problem(cell.Options, assignment) is null);
            return IsSomewhereRunnable(space, cell, mark) ? space : null;
        }
        catch (ArgumentException)
        {
            return Refuse(given.Count > 0 ? given[0].Mark : mark, $"the conditions (`when`) of `{entry.Name}` go in a circle: one option must depend on none");
        }
    }

    private IReadOnlyList<SearchParameter> All() =>
    [
        .. (auto ? DefaultSpace.Of(entry.OptionsType) : []).Where(parameter => !settled.Contains(parameter.Name) && given.All(own => own.Parameter.Name != parameter.Name)),
        .. given.Select(own => own.Parameter),
    ];

    /// <summary>A distribution that the file gives must be able to have an effect.</summary>
    private bool AreReachable(IReadOnlyList<SearchParameter> parameters, GridCell cell)
    {
        bool good = true;
        foreach (Distribution own in given)
        {
            if (own.Parameter.Conditions.FirstOrDefault(condition => !IsReachable(condition, parameters, cell)) is not { } never)
                continue;
            context.Error(own.Mark, $"`{own.Parameter.Name}` is searched only when {never}, which `{entry.Name}` never has here");
            good = false;
        }

        return good;
    }

    private static bool IsReachable(SearchCondition condition, IReadOnlyList<SearchParameter> parameters, GridCell cell)
    {
        if (parameters.FirstOrDefault(parameter => parameter.Name == condition.Option) is { } parent)
            return condition.Values.Any(value => parent.Domain is ChoiceDomain choice ? choice.Contains(value) : parent.Domain.Contains(AsSearched(parent.Domain, value)));
        return cell.Swept.Contains(condition.Option)
            || condition.Allows(OptionSpecs.Find(cell.Options.GetType(), condition.Option)?.Get(cell.Options));
    }

    private static object? AsSearched(SearchDomain domain, object? value) => value switch
    {
        null => null,
        IConvertible number and not string and not Enum and not bool => domain is IntDomain ? (object)number.ToInt64(null) : number.ToDouble(null),
        _ => value,
    };

    private bool IsSomewhereRunnable(SearchSpace space, GridCell cell, YamlMark mark)
    {
        var random = new SplitMix64(1);
        string? problem = null;
        for (int draw = 0; draw < Draws; draw++)
        {
            Assignment one = space.At([.. space.Parameters.Select(_ => random.NextDouble())]);
            string? found = Problem(cell.Options, one);
            if (found is null)
                return true;
            problem ??= found;
        }

        context.Error(mark, $"`{entry.Name}`: nothing in its search space can be run, e.g. {problem}");
        return false;
    }

    /// <summary>Why the entry refuses an assignment; null if it does not.</summary>
    private string? Problem(object options, Assignment assignment)
    {
        try
        {
            entry.Make(AssignedOptions.Of(options, assignment));
            return null;
        }
        catch (UserErrorException exception)
        {
            return OneLine.Of(exception.What, 300);
        }
    }

    private SearchSpace? Refuse(YamlMark mark, string message)
    {
        context.Error(mark, message);
        return null;
    }
}
