namespace Trainers.Options;

/// <summary>One method that can be named in YAML.</summary>
/// <param name="Name">as written in YAML, e.g. <c>matrix-factorization</c></param>
/// <param name="Doc">one sentence</param>
/// <param name="OptionsType">a record with a public parameterless constructor and <see cref="OptionAttribute"/> properties</param>
/// <param name="Create">makes the method from an instance of <paramref name="OptionsType"/></param>
public sealed record CatalogEntry<T>(string Name, string Doc, Type OptionsType, Func<object, T> Create) : ICatalogEntry
{
    public static CatalogEntry<T> Of<TOptions>(string name, string doc, Func<TOptions, T> create)
        where TOptions : notnull, new() => new(name, doc, typeof(TOptions), options => create((TOptions)options));

    /// <summary>The method with all options at their defaults.</summary>
    public T CreateDefault() => Create(Activator.CreateInstance(OptionsType)!);

    object ICatalogEntry.Make(object options) => Create(options)!;
}

/// <summary>The methods of one kind, in the order of documentation.</summary>
/// <param name="kind">what an entry is, e.g. <c>trainer</c></param>
/// <param name="entries">names must differ</param>
public sealed class Catalog<T>(string kind, params CatalogEntry<T>[] entries) : ICatalog
{
    public string Kind { get; } = kind;

    public IReadOnlyList<CatalogEntry<T>> All { get; } = entries;

    IReadOnlyList<ICatalogEntry> ICatalog.Entries => All;

    public CatalogEntry<T>? Find(string name) => All.FirstOrDefault(entry => entry.Name == name);

    ICatalogEntry? ICatalog.FindEntry(string name) => Find(name);

    /// <exception cref="UserErrorException">There is none of that name; the message gives the nearest.</exception>
    public CatalogEntry<T> this[string name] => Find(name) ?? throw new UserErrorException(Unknown(name));

    /// <summary>What to say of an unknown name.</summary>
    public string Unknown(string name) => CatalogNames.Unknown(Kind, name, [.. All.Select(entry => entry.Name)]);
}
