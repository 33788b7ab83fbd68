namespace Tests.Workbench.Commands;

/// <summary>How the program refuses: one line on standard error, exit code 2, nothing else.</summary>
internal static class Refusal
{
    /// <param name="done">the program's end</param>
    /// <param name="pattern">that the line matches</param>
    public static void Of(Finished done, string pattern)
    {
        string line = Assert.Single(done.ErrorLines);
        Assert.Matches(pattern, line);
        Assert.Equal(2, done.Code);
        Assert.DoesNotContain("Exception", done.Output + done.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("mistake of the program", line, StringComparison.Ordinal);
    }
}
