using System.Globalization;

namespace Workbench.Experiments;

/// <summary>An amount of memory, written with its unit: <c>500MB</c>, <c>8GB</c>, <c>1.5 GB</c>. Units are powers of 1000; KiB, MiB, GiB are powers of 1024.</summary>
public readonly record struct MemorySize(long Bytes)
{
    internal const string Pattern = "^[0-9]+(\\.[0-9]+)? ?([kKMGT]i?)?B$";

    private static readonly (string Unit, double Bytes)[] Units =
    [
        ("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12),
        ("kiB", 1024.0), ("KiB", 1024.0), ("MiB", 1024.0 * 1024), ("GiB", 1024.0 * 1024 * 1024), ("TiB", 1024.0 * 1024 * 1024 * 1024), ("B", 1),
    ];

    /// <summary>False if the text is no amount of at least one byte that fits 64 bits.</summary>
    public static bool TryParse(string text, out MemorySize size)
    {
        size = default;
        foreach ((string unit, double bytes) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal))
                continue;
            string number = text[..^unit.Length];
            if (number.EndsWith(' '))
                number = number[..^1];
            if (number.Length == 0 || !char.IsAsciiDigit(number[0]) || !char.IsAsciiDigit(number[^1])
                || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count))
                return false;
            double total = Math.Round(count * bytes);
            if (!(total >= 1 && total <= 1L << 62))
                return false;
            size = new MemorySize((long)total);
            return true;
        }

        return false;
    }

    /// <summary>In the greatest unit that gives a whole number: reads back as the same amount.</summary>
    public override string ToString()
    {
        foreach ((string unit, double bytes) in (ReadOnlySpan<(string, double)>)[("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)])
        {
            if (Bytes % (long)bytes == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{Bytes / (long)bytes}{unit}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Bytes}B");
    }
}
