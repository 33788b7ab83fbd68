using System.Collections;
using System.Text;

namespace Data.Storage;

/// <summary>Names as UTF-8 one after the other, each made a text when it is asked for: few are.</summary>
/// <param name="bytes">of all names</param>
/// <param name="ends">where each ends</param>
internal sealed class Utf8Names(byte[] bytes, int[] ends) : IReadOnlyList<string>
{
    public int Count => ends.Length;

    public string this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : ends[index - 1];
            return Encoding.UTF8.GetString(bytes, start, ends[index] - start);
        }
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
