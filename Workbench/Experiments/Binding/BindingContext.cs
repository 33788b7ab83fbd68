using System.Globalization;
using Workbench.Experiments.Yaml;

namespace Workbench.Experiments.Binding;

/// <summary>What the binders of one file share: the catalogs, the mistakes so far, and which key is read now.</summary>
internal sealed class BindingContext(ExperimentCatalogs catalogs, List<FileError> errors)
{
    private readonly List<string> _path = [];
    private readonly HashSet<string> _faulty = new(StringComparer.Ordinal);

    public ExperimentCatalogs Catalogs { get; } = catalogs;

    /// <summary>The key that is read now, without those above it.</summary>
    public string Key { get; private set; } = "the file";

    /// <summary>Reports a mistake in the value that is read now.</summary>
    public void Error(YamlMark mark, string message)
    {
        Report(mark, message);
        Spoil();
    }

    /// <summary>Reports a mistake between values that are right by themselves.</summary>
    public void Report(YamlMark mark, string message) => errors.Add(new FileError(mark, message));

    /// <summary>Marks what is read now as wrong; somebody has reported it.</summary>
    public void Spoil() => _faulty.Add(string.Join('.', _path));

    /// <summary>True if nothing was wrong with the value at a path, above it or below it.</summary>
    public bool IsSound(string path) => !_faulty.Any(faulty =>
        faulty.Length == 0 || faulty == path
        || faulty.StartsWith(path + ".", StringComparison.Ordinal) || path.StartsWith(faulty + ".", StringComparison.Ordinal));

    /// <summary>Reads the value of a key.</summary>
    public T Within<T>(string key, Func<T> read)
    {
        string outer = Key;
        Key = key;
        T value = Below(key, read);
        Key = outer;
        return value;
    }

    /// <summary>Reads an entry of a list.</summary>
    public T WithinItem<T>(int index, Func<T> read) => Below(index.ToString(CultureInfo.InvariantCulture), read);

    private T Below<T>(string part, Func<T> read)
    {
        _path.Add(part);
        T value = read();
        _path.RemoveAt(_path.Count - 1);
        return value;
    }
}
