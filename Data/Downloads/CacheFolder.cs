using Trainers;

namespace Data.Downloads;

/// <summary>The folder that keeps what was downloaded, one folder in it per dataset, shared by all of a user's programs.</summary>
public static class CacheFolder
{
    /// <summary>The environment variable that names it.</summary>
    public const string Variable = "WORKBENCH_CACHE";

    /// <summary>As given, else as the environment says, else in the user's cache directory.</summary>
    /// <param name="given">by the user; null if not</param>
    /// <exception cref="UserErrorException">None is given and the user has no folder of his own.</exception>
    public static string Of(string? given) => Of(given, Environment.GetEnvironmentVariable);

    internal static string Of(string? given, Func<string, string?> variable)
    {
        if ((given ?? Filled(variable(Variable))) is { } named)
            return Path.GetFullPath(named);
        string? folder = OperatingSystem.IsWindows() ? Filled(variable("LOCALAPPDATA"))
            : OperatingSystem.IsMacOS() ? Under(variable("HOME"), "Library", "Caches")
            : Filled(variable("XDG_CACHE_HOME")) is { } cache && Path.IsPathRooted(cache) ? cache : Under(variable("HOME"), ".cache");
        return folder is not null
            ? Path.Combine(folder, "workbench", "datasets")
            : throw new UserErrorException($"this user has no folder for downloads: name one by --cache or by the environment variable {Variable}");
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string? Under(string? home, params string[] names) => Filled(home) is { } folder ? Path.Combine([folder, .. names]) : null;
}
