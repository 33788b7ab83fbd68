using System.Globalization;
using Data.Importers;
using Data.Linking;
using static Tests.Data.Linking.Sources;

namespace Tests.Data.Linking;

public sealed class LinkReportTests
{
    private const string Expected = """
        # Link report

        | items of talks | count |
        |---|---:|
        | all | 6 |
        | linked by IMDb id | 1 |
        | linked by title and year | 1 |
        | linked by title, years one apart | 0 |
        | linked by title alone | 0 |
        | linked in all | 2 |
        | linked and with at least one rating | 2 |
        | ambiguous, refused | 1 |
        | id and title contradict each other, refused | 1 |
        | unlinked | 2 |
        | duplicates merged into another item | 1 |

        Rated movies: 3.

        | | interactions | users | items | density |
        |---|---:|---:|---:|---:|
        | ml-a | 6 | 3 | 3 | 66.667 % |
        | talks (conversations) | 2 | 1 | 2 | 100.000 % |
        | ratings of linked items | 1 | 1 | 1 | 100.000 % |

        Users and items are those with at least one interaction; density is interactions / (users x items).

        ## Ambiguous

        - Twice [c]: Twice (1950); Twice (1990)

        ## Id and title contradict each other

        - Other (2000) [d]: Lantern, The (1991)

        ## Merged

        - Lantern (1991) = The Lantern (1991)

        ## Unlinked

        - A\|B [e]
        - Gone (1900) [f]

        """;

    [Theory]
    [InlineData("")]
    [InlineData("en-US")]
    [InlineData("ru-RU")]
    public void The_report_is_the_same_text_in_any_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            RatingsSource rated = Ratings("ml-a", "movielens", Movie("1", "Lantern, The (1991)", "tt0000001"), Movie("2", "Twice (1950)"), Movie("3", "Twice (1990)"));
            ConversationSource talks = Conversations(
                [Turn("1", "ann", [0, 1], [2], [])],
                Movie("a", "Lantern (1991)", "tt0000001"),
                Movie("b", "The Lantern (1991)"),
                Movie("c", "Twice"),
                Movie("d", "Other (2000)", "tt0000001"),
                Movie("e", "A|B"),
                Movie("f", "Gone (1900)"));
            Assert.Equal(Expected, Linker.Link([rated], talks).Report.ToMarkdown());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
