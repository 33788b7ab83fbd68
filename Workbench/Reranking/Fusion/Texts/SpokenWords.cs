using System.Collections.Frozen;
using System.Text;
using Data.Titles;

namespace Workbench.Reranking.Fusion.Texts;

/// <summary>Divides what was said, and what is known of items, into words: lower case, without accents, plurals cut.</summary>
internal static class SpokenWords
{
    // Function words, and what every dialogue about films says.
    private static readonly FrozenSet<string> Stop = (
        "a about after all also always am an and any are around as at back be because been before being bit both but by can cant come could couldnt "
        + "day did didnt do doe doesnt doing dont down each else end enjoy enjoyed even ever every favorite feel few film find first for from get give go going gonna "
        + "good great guy guess had happy hasnt have havent havnt having he hear heard hello help her here hey hi him his hope how huge i id if ill im in into is isnt it its "
        + "ive just kind know last let like liked little long look looking lot love loved made make many may maybe me mean might mind more most movie much must my need never new nice no "
        + "nope not now of off oh ok okay on one only or other our out over own perfect perhaps please pretty probably quite rather really recent recently recommend recommendation remember right said same saw say "
        + "see seem seen she should show so some somebody someone something soon sorry sort sound still such suggest suggestion sure take tell than thank thankyou that thats the their them "
        + "then there theyre they thing think this those though thought thru time to today tonight too totally tried true try two type u under until up ur us use very want wanted was wasnt watch watched watching way we welcome well were "
        + "what whatever when where which while who whole whom why will wish with wont would wow yea yeah year yes yet you youd youll your youre youve actually absolutely awesome bad best better big bye cool definitely fan fun genre hmm mood old these theme ask").Split(' ').ToFrozenSet();

    /// <summary>All words in their order, with what <see cref="IsSaid"/> would leave out.</summary>
    internal static List<string> Of(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var folded = new StringBuilder(text.Length);
        foreach (char letter in text)
            LetterFolding.Append(letter, folded);
        var word = new StringBuilder();
        for (int i = 0; i <= folded.Length; i++)
        {
            char c = i < folded.Length ? folded[i] : ' ';
            if (LetterFolding.IsWord(c))
            {
                word.Append(c);
            }
            else if (c is not ('\'' or '\u2019') && word.Length > 0)
            {
                words.Add(Singular(word.ToString()));
                word.Clear();
            }
        }

        return words;
    }

    /// <summary>A word that says something.</summary>
    internal static bool IsSaid(string word) => word.Length > 1 && !Stop.Contains(word);

    private static string Singular(string word) => word switch
    {
        _ when word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal) => $"{word[..^3]}y",
        _ when word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') => word[..^1],
        _ => word,
    };
}
