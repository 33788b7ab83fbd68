using System.Globalization;

namespace Tests.Workbench.Experiments;

/// <summary>Runs something under cultures that write numbers and letters differently.</summary>
internal static class Cultures
{
    public static readonly string[] Names = ["", "en-US", "ru-RU", "tr-TR"];

    public static void Each(Action action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string name in Names)
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                action();
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
