using System.Globalization;
using System.Text.Json.Nodes;
using Trainers;

namespace Workbench.Studies;

/// <summary>The rows of two leaderboards by the first one's objective.</summary>
internal static class StudyComparison
{
    /// <param name="one">leaderboard.json</param>
    /// <param name="other">leaderboard.json</param>
    /// <returns>a line per row of either, with both figures and the difference; first what does not match between the two</returns>
    /// <exception cref="UserErrorException">They have no figure in common.</exception>
    internal static IEnumerable<string> Of(string one, string other)
    {
        JsonNode first = JsonNode.Parse(one)!, second = JsonNode.Parse(other)!;
        string objective = (string)first["objective"]!, protocol = (string)first["protocols"]![0]!;
        if (!second["protocols"]!.AsArray().Any(name => (string)name! == protocol) || !second["metrics"]!.AsArray().Any(name => (string)name! == objective))
            throw new UserErrorException($"the second study has no {objective} ({protocol}) to compare");
        if ((string)first["dataset"]!["fingerprint"]! != (string)second["dataset"]!["fingerprint"]!)
            yield return "note: the two are of different data";
        Dictionary<string, double?> mine = Values(first), theirs = Values(second);
        yield return string.Create(CultureInfo.InvariantCulture, $"{objective} ({protocol}): {first["name"]}, {second["name"]}, difference");
        foreach (string row in mine.Keys.Union(theirs.Keys))
        {
            double? a = mine.GetValueOrDefault(row), b = theirs.GetValueOrDefault(row);
            yield return $"{Number(a),8} {Number(b),8} {(a is { } x && b is { } y ? (y - x).ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture) : "-"),8}  {row}";
        }

        Dictionary<string, double?> Values(JsonNode leaderboard) => leaderboard["rows"]!.AsArray().ToDictionary(
            row => (string)row!["row"]!, row => (double?)row!["metrics"]![protocol]?[objective]?["mean"]);
    }

    private static string Number(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";
}
