using System.Globalization;
using Npgsql;
using Trainers;

namespace Workbench.Studies.Postgres;

/// <summary>A database of a PostgreSQL server, and how to get in. Its password is in no text that it gives.</summary>
internal sealed class PostgresAddress
{
    /// <summary>The only place that an address is taken from: nothing of it is in a file, an argument or a job script.</summary>
    public const string Variable = "WORKBENCH_POSTGRES";

    private const string Hidden = "***";

    private readonly NpgsqlConnectionStringBuilder _parts;

    private PostgresAddress(NpgsqlConnectionStringBuilder parts)
    {
        _parts = parts;
        parts.Pooling = false;
        parts.Enlist = false;
        parts.PersistSecurityInfo = false;
        parts.IncludeErrorDetail = false;
        parts.LogParameters = false;
        parts.ApplicationName ??= "workbench";
        bool IsGiven(string name) => parts.Keys.Cast<string>().Contains(name, StringComparer.OrdinalIgnoreCase);
        if (!IsGiven("Timeout"))
            parts.Timeout = 10;
        if (!IsGiven("Max Auto Prepare"))
            (parts.MaxAutoPrepare, parts.AutoPrepareMinUsages) = (20, 3);
    }

    /// <summary>The address in the environment.</summary>
    /// <exception cref="UserErrorException">There is none, or it is none.</exception>
    public static PostgresAddress OfEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text
        ? Parse(text)
        : throw new UserErrorException($"the store `postgres` needs the environment variable {Variable}, such as postgresql://USER:PASSWORD@HOST:5432/DATABASE");

    /// <param name="text"><c>postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=require</c>, or <c>Host=...;Username=...;Password=...;Database=...</c></param>
    /// <exception cref="UserErrorException">It is neither. What it is instead is not told, as there may be a password in it.</exception>
    public static PostgresAddress Parse(string text)
    {
        try
        {
            NpgsqlConnectionStringBuilder parts = PostgresUri.IsOne(text) ? PostgresUri.Parse(text) : new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(parts.Host))
                throw new UserErrorException($"{Variable} names no host");

            // `host=a user=b password=c` would be a host of that name.
            if (parts.Host.AsSpan().IndexOfAny("= \t\n") >= 0 || parts.Host.Contains(','))
                throw new UserErrorException($"{Variable} must name one host, with `;` between its parts if it is no URI");
            return new PostgresAddress(parts);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            // The error itself quotes what it does not understand.
            throw new UserErrorException($"{Variable} cannot be understood: write postgresql://USER:PASSWORD@HOST:5432/DATABASE (with %XX for special characters) or Host=...;Username=...;Password=...;Database=...");
        }
    }

    /// <summary>A connection, not yet open.</summary>
    public NpgsqlConnection Connection() => new(_parts.ConnectionString);

    /// <summary>host:port/database</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_parts.Host}:{_parts.Port}/{_parts.Database ?? _parts.Username}");

    /// <summary>What went wrong, in one line, whatever somebody else may have written into it.</summary>
    public string Tell(Exception error)
    {
        string text = error is PostgresException told ? told.MessageText
            : error.InnerException is { } inner && !error.Message.Contains(inner.Message, StringComparison.Ordinal) ? $"{error.Message.TrimEnd('.')}: {inner.Message}"
            : error.Message;
        return WithoutPassword(text.ReplaceLineEndings(" ").TrimEnd('.'));
    }

    /// <summary>The error itself, for <c>--verbose</c>, unless the password is in it.</summary>
    public Exception Inner(Exception error)
    {
        string text = error.ToString();
        return WithoutPassword(text) == text ? error : new InvalidOperationException(WithoutPassword(text));
    }

    private string WithoutPassword(string text) => string.IsNullOrEmpty(_parts.Password) ? text : text.Replace(_parts.Password, Hidden, StringComparison.Ordinal);
}
