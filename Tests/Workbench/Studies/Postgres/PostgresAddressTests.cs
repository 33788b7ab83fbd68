using Trainers;
using Workbench.Studies;
using Workbench.Studies.Postgres;

namespace Tests.Workbench.Studies.Postgres;

public sealed class PostgresAddressTests
{
    private const string Secret = "hunter2 ;=@/%";

    [Theory]
    [InlineData("postgresql://ann:{0}@db.example:6543/lab?sslmode=verify-full&connect_timeout=3", "db.example:6543/lab", "ann")]
    [InlineData("postgres://ann:{0}@db.example", "db.example:5432/ann", "ann")]
    [InlineData("postgresql://ann:{0}@[::1]:6543/lab", "::1:6543/lab", "ann")]
    [InlineData("postgresql:///lab?host=db.example&port=6543&user=ann&password={0}", "db.example:6543/lab", "ann")]
    public void A_URI_is_an_address(string uri, string place, string user)
    {
        var address = PostgresAddress.Parse(uri.Replace("{0}", Uri.EscapeDataString(Secret), StringComparison.Ordinal));
        Assert.Equal(place, address.ToString());
        var parts = new Npgsql.NpgsqlConnectionStringBuilder(address.Connection().ConnectionString);
        Assert.Equal((user, Secret), (parts.Username, parts.Password));
        Assert.Equal(uri.Contains("verify-full", StringComparison.Ordinal) ? Npgsql.SslMode.VerifyFull : Npgsql.SslMode.Prefer, parts.SslMode);
        Assert.Equal(uri.Contains("timeout=3", StringComparison.Ordinal) ? 3 : 10, parts.Timeout);
    }

    [Fact]
    public void Npgsqls_own_form_is_an_address()
    {
        var address = PostgresAddress.Parse($"Host=db.example;Username=ann;Password=\"{Secret}\";Database=lab;Timeout=7");
        Assert.Equal("db.example:5432/lab", address.ToString());
        var parts = new Npgsql.NpgsqlConnectionStringBuilder(address.Connection().ConnectionString);
        Assert.Equal((Secret, 7, false), (parts.Password, parts.Timeout, parts.Pooling));
    }

    [Theory]
    [InlineData("host=db.example user=ann password=hunter2")]
    [InlineData("Host=db.example;Password=a;hunter2=b")]
    [InlineData("Host=db.example;Port=hunter2")]
    [InlineData("Password=hunter2")]
    [InlineData("postgresql://ann:hunter2@/lab")]
    [InlineData("postgresql://ann@db.example:hunter2/lab")]
    [InlineData("postgresql://ann:a@db.example/lab?hunter2=b")]
    [InlineData("postgresql://ann:a@db.example/lab?sslmode=hunter2")]
    [InlineData("postgresql://ann:hunter2@one,two/lab")]
    [InlineData("postgresql://ann:hunter2@[::1/lab")]
    [InlineData("hunter2")]
    public void What_is_none_is_told_without_a_word_of_it(string text)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => PostgresAddress.Parse(text));
        Assert.StartsWith("WORKBENCH_POSTGRES ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void The_password_is_in_no_error_whatever_others_write_into_it()
    {
        var address = PostgresAddress.Parse("postgresql://ann:hunter2@db.example/lab");
        var error = new InvalidOperationException("outer", new IOException("it said hunter2\nagain"));
        Assert.Equal("outer: it said *** again", address.Tell(error));
        Assert.DoesNotContain("hunter2", address.Inner(error).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", address.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_variable_the_line_says_which()
    {
        Assert.SkipUnless(string.IsNullOrEmpty(Environment.GetEnvironmentVariable(PostgresAddress.Variable)), "the variable is set here");
        UserErrorException error = Assert.Throws<UserErrorException>(() => StudyRoot.Of(StoreKind.Postgres, "studies"));
        Assert.Matches("needs the environment variable WORKBENCH_POSTGRES, such as postgresql://", error.Message);
    }
}
