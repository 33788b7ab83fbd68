namespace Data.Importers.Conversations;

/// <summary>Who said what in the context of a turn.</summary>
internal static class SpeakerRoles
{
    /// <summary>
    /// Roles are read from <c>input</c>, where "\nUser: " and "\nSystem: " precede the utterances. Without it they alternate
    /// backwards from the reply, which the recommender says: the raw files of He et al. have no <c>input</c>.
    /// </summary>
    /// <returns>roles and texts, blank entries left out (the first one is always blank)</returns>
    /// <exception cref="Trainers.UserErrorException"><c>input</c> does not hold the context.</exception>
    public static IReadOnlyList<(Role Role, string Text)> Assign(JsonRow row, string[] context, string? input)
    {
        var said = new List<(Role, string)>(context.Length);
        int at = 0;
        for (int i = 0; i < context.Length; i++)
        {
            string text = context[i];
            if (string.IsNullOrWhiteSpace(text))
                continue;
            Role role;
            if (input is null)
                role = (context.Length - i) % 2 == 0 ? Role.Recommender : Role.Seeker;
            else if (Follows(input, at, "\nUser: ", text, out int next))
                (role, at) = (Role.Seeker, next);
            else if (Follows(input, at, "\nSystem: ", text, out next))
                (role, at) = (Role.Recommender, next);
            else
                throw row.Error($"`input` does not repeat entry {i} of `context`: who said it is not known");
            said.Add((role, text));
        }

        return said;
    }

    private static bool Follows(string input, int at, string speaker, string text, out int next)
    {
        next = at + speaker.Length + text.Length;
        return next <= input.Length
            && input.AsSpan(at, speaker.Length).SequenceEqual(speaker)
            && input.AsSpan(at + speaker.Length, text.Length).SequenceEqual(text);
    }
}
