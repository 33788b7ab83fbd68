using System.Globalization;

namespace Trainers.Storage;

/// <summary>The ids of rows that have none: 0, 1, 2 ...</summary>
internal static class RowNumbers
{
    public static string[] Of(int count) => [.. Enumerable.Range(0, count).Select(row => row.ToString(CultureInfo.InvariantCulture))];
}
