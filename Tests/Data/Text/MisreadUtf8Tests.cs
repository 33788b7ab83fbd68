using System.Text;
using Data.Text;

namespace Tests.Data.Text;

public sealed class MisreadUtf8Tests
{
    [Theory]
    [InlineData("I’m")]
    [InlineData("“Heat”… 😀")]
    [InlineData("plain")]
    public void What_was_read_as_Latin1_is_mended_and_what_was_not_stays(string meant)
    {
        Assert.Equal(meant, MisreadUtf8.Mend(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(meant))));
        Assert.Equal(meant, MisreadUtf8.Mend(meant));
    }

    [Fact]
    public void Parts_are_mended_by_themselves()
    {
        Assert.Equal("… I’m", MisreadUtf8.Mend("… I\u00E2\u0080\u0099m"));
        Assert.Equal("I’m, you’re", MisreadUtf8.Mend("I\u00E2\u0080\u0099m, you\u00E2\u0080\u0099re"));

        // No UTF-8, and letters that somebody may have typed.
        Assert.Equal("\u0099 alone", MisreadUtf8.Mend("\u0099 alone"));
        Assert.Equal("\u00E2\u0080 cut", MisreadUtf8.Mend("\u00E2\u0080 cut"));
        Assert.Equal("Ã©", MisreadUtf8.Mend("Ã©"));
    }
}
