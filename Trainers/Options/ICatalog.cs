namespace Trainers.Options;

/// <summary>A catalog without the type of its methods: what a reader of configurations and a writer of schemas need.</summary>
public interface ICatalog
{
    /// <summary>What an entry is, e.g. <c>trainer</c>.</summary>
    string Kind { get; }

    /// <summary>In the order of documentation.</summary>
    IReadOnlyList<ICatalogEntry> Entries { get; }

    ICatalogEntry? FindEntry(string name);

    /// <summary>What to say of an unknown name.</summary>
    string Unknown(string name);
}

/// <summary>One method that can be named in YAML, without its type.</summary>
public interface ICatalogEntry
{
    string Name { get; }

    /// <summary>One sentence.</summary>
    string Doc { get; }

    /// <summary>A record with a public parameterless constructor and <see cref="OptionAttribute"/> properties.</summary>
    Type OptionsType { get; }

    /// <summary>Makes the method from an instance of <see cref="OptionsType"/>.</summary>
    /// <exception cref="UserErrorException">The options do not fit each other.</exception>
    object Make(object options);
}
