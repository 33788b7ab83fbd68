using System.Globalization;
using Npgsql;

namespace Workbench.Studies.Postgres;

/// <summary>
/// An address as PostgreSQL's own programs take it: <c>postgresql://user:password@host:port/database?name=value</c>, with <c>%XX</c> for special characters
/// (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS).
/// </summary>
internal static class PostgresUri
{
    private static readonly string[] Schemes = ["postgresql://", "postgres://"];

    public static bool IsOne(string text) => Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="FormatException">It is none.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        string rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        (string place, string query) = Cut(rest, '?');
        (string server, string database) = Cut(place, '/');
        int at = server.LastIndexOf('@');
        (string user, string password) = Cut(at < 0 ? "" : server[..at], ':');
        (string host, string port) = HostAndPort(server[(at + 1)..]);
        var parts = new NpgsqlConnectionStringBuilder();
        Set("host", host);
        Set("port", port);
        Set("user", user);
        Set("password", password);
        Set("dbname", database);
        foreach (string pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            (string name, string value) = Cut(pair, '=');
            Set(name, value);
        }

        return parts;

        void Set(string name, string value)
        {
            if (value.Length > 0)
                Put(parts, name, Uri.UnescapeDataString(value));
        }
    }

    private static void Put(NpgsqlConnectionStringBuilder parts, string name, string value)
    {
        switch (name)
        {
            case "host":
                parts.Host = value;
                break;
            case "port":
                parts.Port = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
                break;
            case "user":
                parts.Username = value;
                break;
            case "password":
                parts.Password = value;
                break;
            case "dbname":
                parts.Database = value;
                break;
            case "sslmode":
                parts.SslMode = Enum.Parse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
                break;
            case "sslrootcert":
                parts.RootCertificate = value;
                break;
            case "sslcert":
                parts.SslCertificate = value;
                break;
            case "sslkey":
                parts.SslKey = value;
                break;
            case "passfile":
                parts.Passfile = value;
                break;
            case "options":
                parts.Options = value;
                break;
            case "application_name":
                parts.ApplicationName = value;
                break;
            case "connect_timeout":
                parts.Timeout = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
                break;
            default:
                throw new FormatException();
        }
    }

    private static (string Host, string Port) HostAndPort(string text)
    {
        if (!text.StartsWith('['))
            return Cut(text, ':');
        int end = text.IndexOf(']', StringComparison.Ordinal);
        if (end < 0 || (end + 1 < text.Length && text[end + 1] != ':'))
            throw new FormatException();
        return (text[1..end], end + 1 < text.Length ? text[(end + 2)..] : "");
    }

    private static (string Before, string After) Cut(string text, char letter)
    {
        int at = text.IndexOf(letter, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }
}
