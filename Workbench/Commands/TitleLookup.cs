using Data;
using Data.Titles;
using Trainers;

namespace Workbench.Commands;

/// <summary>The item that a person means by a title on the command line.</summary>
internal sealed class TitleLookup(LinkedDataset dataset)
{
    private readonly TitleIndex _index = TitleIndex.Of(dataset.Items);
    private readonly TitleTie _tie = TitleTies.MostPopular(dataset.Ratings.CountItems());

    /// <param name="given">best with its year; of several the most popular is meant</param>
    /// <param name="argument">what took it, e.g. <c>--like</c></param>
    /// <returns>the item's number</returns>
    /// <exception cref="UserErrorException">There is no such title.</exception>
    internal int Require(string given, string argument)
    {
        (string title, int? year) = TitleText.Parse(given);
        TitleMatch match = _index.Lookup(title, year, _tie);
        return match.Status == TitleMatchStatus.Found
            ? match.Item
            : throw new UserErrorException($"there is no `{given}` in `{dataset.Name}`; `{argument}` takes a title, best with its year as in \"{dataset.Items[0].TitleWithYear}\"");
    }
}
