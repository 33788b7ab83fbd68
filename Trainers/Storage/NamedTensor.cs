namespace Trainers.Storage;

/// <summary>A tensor by name.</summary>
/// <param name="Name">unique in a file</param>
/// <param name="Shape">its sizes, without padding</param>
/// <param name="Values">row-major, as many as the sizes' product</param>
internal sealed record NamedTensor<T>(string Name, int[] Shape, T[] Values)
    where T : unmanaged;
