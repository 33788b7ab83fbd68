namespace Workbench.Search;

/// <summary>The options that a search may change. Names differ; conditions name other parameters, not in a circle.</summary>
public sealed class SearchSpace
{
    /// <summary>Finite spaces up to this size are enumerated where drawing finds nothing new.</summary>
    internal const int MostEnumerated = 20_000;

    private readonly int[] _order; // parents before children

    /// <param name="parameters">in the order of the file</param>
    /// <param name="accepts">false for what cannot be run, e.g. heads that do not divide the dimension: it is never proposed</param>
    /// <exception cref="ArgumentException">A name is there twice, a condition names nothing or itself, or conditions go in a circle.</exception>
    public SearchSpace(IReadOnlyList<SearchParameter> parameters, Func<Assignment, bool>? accepts = null)
    {
        Parameters = parameters;
        Accepts = accepts ?? (_ => true);
        _order = Order(parameters);
    }

    public IReadOnlyList<SearchParameter> Parameters { get; }

    /// <summary>Whether an assignment can be run.</summary>
    public Func<Assignment, bool> Accepts { get; }

    /// <summary>How many different assignments can be run, where they can be enumerated; else null.</summary>
    public int? Size => Enumerate()?.Count;

    /// <summary>The assignment at a point of the unit cube; coordinates of parameters whose conditions do not hold have no effect.</summary>
    /// <param name="places">one of [0, 1] per parameter</param>
    public Assignment At(IReadOnlyList<double> places) => Build(i => Parameters[i].Domain.At(places[i]));

    /// <summary>The middle of the places of an assignment's values; NaN for what is not in it.</summary>
    public double[] PlacesOf(Assignment assignment) =>
        [.. Parameters.Select(parameter => assignment.TryGet(parameter.Name, out object? value) ? parameter.Domain.PlaceOf(value) : double.NaN)];

    /// <summary>True if names, values and conditions are this space's.</summary>
    public bool Contains(Assignment assignment)
    {
        bool good = true;
        Assignment same = Build(i =>
        {
            good &= assignment.TryGet(Parameters[i].Name, out object? value) && Parameters[i].Domain.Contains(value);
            return value;
        });
        return good && same.Equals(assignment);
    }

    /// <summary>Every combination of the parameters' grids, the first changing slowest; conditions that do not hold make no copies. Only what is accepted.</summary>
    /// <param name="points">per number; choices and few whole numbers are taken whole</param>
    /// <param name="most">stop after so many, accepted or not</param>
    public IEnumerable<Assignment> Grid(int points, int most = int.MaxValue)
    {
        IReadOnlyList<object?>[] values = [.. Parameters.Select(parameter => parameter.Domain.Grid(points))];
        var (chosen, active) = (new object?[Parameters.Count], new bool[Parameters.Count]);
        return Walk(0).Take(most).Where(Accepts);

        IEnumerable<Assignment> Walk(int step)
        {
            if (step == _order.Length)
            {
                yield return Build(i => chosen[i]);
                yield break;
            }

            int parameter = _order[step];
            active[parameter] = IsActive(parameter, active, chosen);
            foreach (object? value in active[parameter] ? values[parameter] : [null])
            {
                chosen[parameter] = value;
                foreach (Assignment one in Walk(step + 1))
                    yield return one;
            }
        }
    }

    /// <summary>As in YAML, without the outer braces.</summary>
    public override string ToString() => string.Join(", ", Parameters);

    /// <summary>All assignments of a space without numbers from intervals, if they are few enough; null if not.</summary>
    internal IReadOnlyList<Assignment>? Enumerate()
    {
        if (Parameters.Any(parameter => parameter.Domain.Count is null or > MostEnumerated))
            return null;
        int taken = 0;
        var all = new List<Assignment>();
        foreach (Assignment one in new SearchSpace(Parameters).Grid(MostEnumerated))
        {
            if (++taken > MostEnumerated)
                return null;
            all.Add(one);
        }

        return [.. all.Where(Accepts)];
    }

    /// <summary>Values are asked for in the order of conditions, only those of active parameters.</summary>
    internal Assignment Build(Func<int, object?> valueOf)
    {
        var values = new object?[Parameters.Count];
        var active = new bool[Parameters.Count];
        for (int step = 0; step < _order.Length; step++)
        {
            int parameter = _order[step];
            active[parameter] = IsActive(parameter, active, values);
            if (active[parameter])
                values[parameter] = valueOf(parameter);
        }

        return new Assignment(Enumerable.Range(0, values.Length).Where(i => active[i]).Select(i => KeyValuePair.Create(Parameters[i].Name, values[i])));
    }

    private bool IsActive(int parameter, bool[] active, object?[] values) =>
        Parameters[parameter].Conditions.All(condition => IndexOf(condition.Option) is var parent && active[parent] && condition.Allows(values[parent]));

    private int IndexOf(string name)
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (Parameters[i].Name == name)
                return i;
        }

        return -1;
    }

    private static int[] Order(IReadOnlyList<SearchParameter> parameters)
    {
        string[] names = [.. parameters.Select(parameter => parameter.Name)];
        if (names.Distinct().Count() < names.Length)
            throw new ArgumentException("A parameter is there twice.", nameof(parameters));
        if (parameters.SelectMany(parameter => parameter.Conditions).FirstOrDefault(condition => !names.Contains(condition.Option)) is { } lost)
            throw new ArgumentException($"There is no parameter `{lost.Option}`.", nameof(parameters));
        var order = new List<int>();
        while (order.Count < names.Length)
        {
            int next = Enumerable.Range(0, names.Length).FirstOrDefault(
                i => !order.Contains(i) && parameters[i].Conditions.All(condition => order.Contains(Array.IndexOf(names, condition.Option))), -1);
            if (next < 0)
                throw new ArgumentException("Conditions go in a circle.", nameof(parameters));
            order.Add(next);
        }

        return [.. order];
    }
}
