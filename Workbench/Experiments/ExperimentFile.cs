using Workbench.Experiments.Binding;
using Workbench.Experiments.Yaml;

namespace Workbench.Experiments;

/// <summary>Reads experiments.yaml, strictly: what is unknown, repeated, of the wrong type or out of range is an error with its place.</summary>
/// <remarks>
/// Relative paths in the file are relative to the file's folder; in settings of the command line, to the current directory.
/// Errors of syntax stop the reading at the first; all others are collected.
/// </remarks>
public static class ExperimentFile
{
    private const string Empty = "the file is empty: it needs at least `name`, `task`, `dataset` and a row; `workbench init` writes one to begin with";

    /// <summary>Reads a file. Never throws for anything that is wrong with it.</summary>
    /// <param name="path">of the file</param>
    /// <param name="settings">each <c>key=value</c>, as after <c>--set</c>; later ones win</param>
    /// <param name="catalogs">what can be named</param>
    public static ExperimentFileResult Read(string path, IReadOnlyList<string> settings, ExperimentCatalogs catalogs)
    {
        (byte[] bytes, string folder, string? problem) = Load(path);
        var source = new YamlSource(path, folder, 0);
        return problem is null
            ? Read(bytes, source, settings, catalogs)
            : new ExperimentFileResult(null, [new FileError(new YamlMark(source, 0, 0), problem)]);
    }

    /// <summary>Reads a text that is in no file.</summary>
    /// <param name="text">YAML</param>
    /// <param name="name">what errors call the file</param>
    /// <param name="folder">what relative paths in the text are relative to</param>
    /// <param name="settings">each <c>key=value</c></param>
    /// <param name="catalogs">what can be named</param>
    public static ExperimentFileResult Parse(string text, string name, string folder, IReadOnlyList<string> settings, ExperimentCatalogs catalogs) =>
        Read(System.Text.Encoding.UTF8.GetBytes(text), new YamlSource(name, folder, 0), settings, catalogs);

    /// <summary>Reads again what an experiment was read from, in whichever current directory.</summary>
    /// <param name="source">of the experiment</param>
    /// <param name="settings">further ones, each <c>key=value</c>, relative to the current directory; they win</param>
    /// <param name="catalogs">what can be named</param>
    public static ExperimentFileResult Read(ExperimentSource source, IReadOnlyList<string> settings, ExperimentCatalogs catalogs) => Read(
        System.Text.Encoding.UTF8.GetBytes(source.Text), new YamlSource(source.Name, source.Folder, 0),
        [.. source.Settings.Select(setting => (setting, source.SettingsFolder)), .. settings.Select(setting => (setting, Directory.GetCurrentDirectory()))], catalogs);

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">UTF-8, if they are a good file</param>
    /// <param name="source">what errors call the file, and what relative paths are relative to</param>
    /// <param name="settings">each <c>key=value</c></param>
    /// <param name="catalogs">what can be named</param>
    public static ExperimentFileResult Read(byte[] bytes, YamlSource source, IReadOnlyList<string> settings, ExperimentCatalogs catalogs)
    {
        string here = Directory.GetCurrentDirectory();
        ExperimentFileResult read = Read(bytes, source, [.. settings.Select(setting => (setting, here))], catalogs);
        return read.Experiment is { } experiment
            ? read with { Experiment = experiment with { Source = new ExperimentSource(source.Name, source.Folder, YamlText.Decode(bytes, source), settings, here) } }
            : read;
    }

    private static ExperimentFileResult Read(byte[] bytes, YamlSource source, IReadOnlyList<(string Text, string Folder)> settings, ExperimentCatalogs catalogs)
    {
        var errors = new List<FileError>();
        try
        {
            YamlNode root = YamlReader.Read(YamlText.Decode(bytes, source), source, errors);
            if (root is not (YamlMapping or YamlFaulty))
                errors.Add(new FileError(root.Mark, root.IsNull ? Empty : "an experiment is a mapping: lines of `key: value`"));
            if (Apply(settings, root, errors) is not YamlMapping mapping)
                return Failed(errors);

            var context = new BindingContext(catalogs, errors);
            var experiment = (Experiment)RecordBinding.Bind(context, typeof(Experiment), mapping, owner: null);
            experiment = new ExperimentChecks(context, mapping, experiment).Complete();
            return errors.Count > 0 ? Failed(errors) : new ExperimentFileResult(experiment with { File = source.Name }, []);
        }
        catch (YamlSyntaxException exception)
        {
            return Failed([.. errors, exception.ToError()]);
        }
    }

    private static YamlNode Apply(IReadOnlyList<(string Text, string Folder)> settings, YamlNode root, List<FileError> errors)
    {
        for (int i = 0; i < settings.Count && root is YamlMapping; i++)
        {
            try
            {
                root = Setting.Parse(settings[i].Text, i + 1, settings[i].Folder, errors).Apply(root);
            }
            catch (YamlSyntaxException exception)
            {
                errors.Add(exception.ToError());
            }
        }

        return root;
    }

    private static ExperimentFileResult Failed(List<FileError> errors) =>
        new(null, [.. errors.Distinct().OrderBy(error => error.Where.Source.Order).ThenBy(error => error.Where.Line).ThenBy(error => error.Where.Column)]);

    private static (byte[] Bytes, string Folder, string? Problem) Load(string path)
    {
        try
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? Directory.GetCurrentDirectory();
            if (Directory.Exists(path))
                return ([], folder, "this is a folder: give the experiment file in it");
            using FileStream stream = File.OpenRead(path);
            var bytes = new byte[YamlText.MaxBytes + 1];
            return (bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)], folder, null);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return ([], "", "there is no such file; `workbench init` writes one to begin with");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ([], "", $"it cannot be read: {OneLine.Of(exception.Message, 200)}");
        }
    }
}
