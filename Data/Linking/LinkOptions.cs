using Trainers.Options;

namespace Data.Linking;

/// <summary>How items of conversations are linked with rated movies.</summary>
public sealed record LinkOptions
{
    [Option("link titles whose years are one apart: countries and festivals differ")]
    public bool YearOff { get; init; } = true;

    [Option("link a title that names no year if one rated movie alone has it")]
    public bool TitleAlone { get; init; } = true;
}
