using System.Buffers.Text;

namespace Data.Text;

/// <summary>Numbers as rating files write them: plain decimals, a point, no spaces.</summary>
internal static class NumberText
{
    /// <summary>Only decimal digits, at least one: an id of MovieLens.</summary>
    public static bool IsDigits(ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            if ((uint)(b - '0') > 9)
                return false;
        }

        return text.Length > 0;
    }

    /// <summary>A finite decimal.</summary>
    public static bool TryRating(ReadOnlySpan<byte> text, out float value)
    {
        // "4" and "4.5" are nearly all there is.
        if (text.Length is 1 or 3 && (uint)(text[0] - '0') <= 9)
        {
            value = text[0] - '0';
            if (text.Length == 1)
                return true;
            if (text[1] == '.' && (uint)(text[2] - '0') <= 9)
            {
                value = (((text[0] - '0') * 10) + text[2] - '0') / 10f;
                return true;
            }
        }

        bool parsed = Utf8Parser.TryParse(text, out double number, out int used) && used == text.Length && double.IsFinite(number);
        value = (float)number;
        return parsed;
    }

    /// <summary>Whole seconds, negative ones too; of a decimal its whole part, rounded down.</summary>
    public static bool TryTime(ReadOnlySpan<byte> text, out long seconds)
    {
        if (text.Length is > 0 and < 18)
        {
            long value = 0;
            bool negative = text[0] == '-';
            int i = negative ? 1 : 0;
            int digits = text.Length - i;
            for (; i < text.Length; i++)
            {
                uint digit = (uint)(text[i] - '0');
                if (digit > 9)
                    break;
                value = (value * 10) + digit;
            }

            if (i == text.Length && digits > 0)
            {
                seconds = negative ? -value : value;
                return true;
            }
        }

        bool parsed = Utf8Parser.TryParse(text, out double number, out int used) && used == text.Length && Math.Abs(number) < 1e15;
        seconds = parsed ? (long)Math.Floor(number) : 0;
        return parsed;
    }
}
