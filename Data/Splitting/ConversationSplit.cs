using System.Text;
using Trainers;

namespace Data.Splitting;

/// <summary>Divides conversations that come without splits: by dialogue, never by turn.</summary>
public static class ConversationSplit
{
    /// <summary>
    /// Dialogues are drawn in an order that depends on the seed and their ids alone, so neither the order of the turns nor a
    /// further turn of a dialogue moves any.
    /// </summary>
    /// <param name="turns">in any order</param>
    /// <param name="validationShare">of the dialogues, rounded to the nearest number</param>
    /// <param name="testShare">of the dialogues, rounded to the nearest number</param>
    /// <param name="seed">the only source of randomness</param>
    /// <returns>the same turns in the same order, with their splits</returns>
    /// <exception cref="UserErrorException">The shares are negative or leave nothing to train on.</exception>
    public static IReadOnlyList<Turn> ByDialogue(IReadOnlyList<Turn> turns, double validationShare, double testShare, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(turns);
        if (!(validationShare >= 0 && testShare >= 0 && validationShare + testShare < 1))
        {
            throw new UserErrorException(FormattableString.Invariant(
                $"the shares of validation ({validationShare}) and test ({testShare}) must be 0 or more and less than 1 together"));
        }

        string[] dialogues =
        [
            .. turns.Select(turn => turn.Conversation).Distinct(StringComparer.Ordinal)
                .Select(id => (Id: id, Draw: Storage.ContentHash.Of([seed, Storage.ContentHash.Of(Encoding.UTF8.GetBytes(id))])))
                .OrderBy(dialogue => dialogue.Draw).ThenBy(dialogue => dialogue.Id, StringComparer.Ordinal)
                .Select(dialogue => dialogue.Id),
        ];
        int test = (int)Math.Round(testShare * dialogues.Length, MidpointRounding.AwayFromZero);
        int validation = Math.Min((int)Math.Round(validationShare * dialogues.Length, MidpointRounding.AwayFromZero), dialogues.Length - test);
        var splits = new Dictionary<string, Split>(StringComparer.Ordinal);
        for (int i = 0; i < dialogues.Length; i++)
            splits.Add(dialogues[i], i < test ? Split.Test : i < test + validation ? Split.Validation : Split.Train);
        return [.. turns.Select(turn => turn with { Split = splits[turn.Conversation] })];
    }
}
