#nullable disable

namespace MLNetConformance;

/// <summary>
/// Stands in for a file that is not copied, whose facts are about transforms that the workbench does not use:
/// the row classes in it that other files share.
/// </summary>
public static class TransformFacts
{
    public class UserIn
    {
        public uint User { get; set; }
    }

    public class RawOut
    {
        public float Raw { get; set; }
    }
}
