namespace Trainers;

/// <summary>
/// A mistake that the user can mend, told in one line: what is wrong, where (file:line:column), what to do.
/// The program prints the message alone and exits with code 2.
/// </summary>
public sealed class UserErrorException : Exception
{
    public UserErrorException(string what, string? file = null, long? line = null, int? column = null, Exception? inner = null)
        : base(Locate(what, file, line, column), inner)
    {
        What = what;
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>The message without the place.</summary>
    public string What { get; }

    public string? File { get; }

    /// <summary>1-based.</summary>
    public long? Line { get; }

    /// <summary>1-based.</summary>
    public int? Column { get; }

    private static string Locate(string what, string? file, long? line, int? column) => (file, line, column) switch
    {
        (null, _, _) => what,
        (_, null, _) => $"{file}: {what}",
        (_, _, null) => $"{file}:{line}: {what}",
        _ => $"{file}:{line}:{column}: {what}",
    };
}
