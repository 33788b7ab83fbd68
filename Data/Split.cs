namespace Data;

/// <summary>Which part of the conversations a turn belongs to.</summary>
public enum Split
{
    Train,
    Validation,
    Test,
}
