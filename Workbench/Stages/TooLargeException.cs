using System.Globalization;

namespace Workbench.Stages;

/// <summary>A training needs more memory than there is room for here: it has not begun, has not failed, and is another program's to do.</summary>
/// <param name="bytes">that it was about to allocate</param>
internal sealed class TooLargeException(long bytes) : OperationCanceledException("a training needs more memory than there is here")
{
    public long Bytes => bytes;
}

/// <summary>A worker has nothing to do any more but what is too large for it.</summary>
/// <param name="count">trials</param>
internal sealed class TrialsLeftException(int count) : Exception(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "trial needs" : "trials need")} more memory"));
