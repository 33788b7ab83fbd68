using System.Globalization;
using Trainers;
using Trainers.Checkpoints;
using Workbench.Reports;

namespace Workbench.Stages;

/// <summary>
/// Remembers how a training goes, and passes it on. Beside a checkpoint it keeps a line per epoch in a file, so that a training that goes on
/// has the curve of one that was never interrupted.
/// </summary>
/// <remarks>Unlike <see cref="Progress{T}"/>, tells at once and on the same thread.</remarks>
internal sealed class LearningCurve : IProgress<TrainingProgress>
{
    private readonly List<LearningPoint> _points = [];
    private readonly Action<TrainingProgress> _tell;

    /// <param name="tell">is told each epoch</param>
    /// <param name="place">of the training's state; null for none</param>
    internal LearningCurve(Action<TrainingProgress> tell, TrainingCheckpoint? place)
    {
        _tell = tell;
        Place = place is null ? null : new TrainingCheckpoint(place.Path, place.Every, place.Keep) { Clock = place.Clock, Resumed = epoch => Resume(epoch, place) };
        if (place is not null && !File.Exists(place.Path))
            Delete(place);
    }

    internal IReadOnlyList<LearningPoint> Points => _points;

    /// <summary>To be given to the training.</summary>
    internal TrainingCheckpoint? Place { get; }

    public void Report(TrainingProgress value)
    {
        var point = new LearningPoint(value.Epoch, value.Loss, value.Validation?.Value);
        _points.Add(point);
        if (Place is not null)
            Append(PathOf(Place), point);
        _tell(value);
    }

    internal static void Delete(TrainingCheckpoint place) => File.Delete(PathOf(place));

    private static void Append(string path, LearningPoint point)
    {
        try
        {
            File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{point.Epoch} {Text(point.Loss)} {Text(point.Validation)}\n"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"cannot be written ({error.Message.ReplaceLineEndings(" ").TrimEnd('.')})", path, inner: error);
        }
    }

    private static string PathOf(TrainingCheckpoint place) => place.Path + ".curve";

    /// <summary>Epochs up to the checkpoint's; those after it are run again. A line may be torn or, after several interruptions, there twice.</summary>
    private void Resume(int epoch, TrainingCheckpoint place)
    {
        if (!File.Exists(PathOf(place)))
            return;
        var known = new SortedDictionary<int, LearningPoint>();
        foreach (string line in File.ReadLines(PathOf(place)))
        {
            string[] fields = line.Split(' ');
            if (fields.Length == 3 && int.TryParse(fields[0], CultureInfo.InvariantCulture, out int number) && number <= epoch && Number(fields[1], out double? loss) && Number(fields[2], out double? validation))
                known[number] = new LearningPoint(number, loss, validation);
        }

        _points.InsertRange(0, known.Values);
        string text = string.Concat(known.Values.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Epoch} {Text(point.Loss)} {Text(point.Validation)}\n")));
        Trainers.Storage.AtomicFile.Write(PathOf(place), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "-";

    private static bool Number(string text, out double? value)
    {
        value = double.TryParse(text, CultureInfo.InvariantCulture, out double number) ? number : null;
        return text == "-" || value is not null;
    }
}
