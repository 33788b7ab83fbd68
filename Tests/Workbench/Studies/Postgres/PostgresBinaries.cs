using System.Diagnostics;

namespace Tests.Workbench.Studies.Postgres;

/// <summary>Where PostgreSQL's programs are on this machine; as root on Debian they are installed if they are not.</summary>
internal static class PostgresBinaries
{
    /// <returns>their folder; or why there is none</returns>
    public static (string? Folder, string? Missing) Find()
    {
        if (Look() is { } found)
            return (found, null);
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists("/usr/bin/apt-get"))
            return (null, "PostgreSQL's programs (initdb, pg_ctl) are neither in PATH nor in Debian's place for them, and cannot be installed from here");
        Install();
        return Look() is { } installed ? (installed, null) : (null, "PostgreSQL could not be installed from Debian's package `postgresql`");
    }

    private static string? Look()
    {
        IEnumerable<string> path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> versions = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out int version) ? version : 0).Select(folder => Path.Combine(folder, "bin"))
            : [];
        return path.Concat(versions).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    /// <summary>Without Debian's own cluster, which would start at once.</summary>
    private static void Install()
    {
        const string Script =
            """
            mkdir -p /etc/postgresql-common/createcluster.d && echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.d/tests.conf
            export DEBIAN_FRONTEND=noninteractive
            apt-get install -y -q --no-install-recommends postgresql || { apt-get update -q && apt-get install -y -q --no-install-recommends postgresql; }
            """;
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec > /dev/null 2>&1; {Script}"]))!;
        if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
            process.Kill(entireProcessTree: true);
    }
}
