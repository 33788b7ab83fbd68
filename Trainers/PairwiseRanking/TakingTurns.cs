using Trainers.Kernels;

namespace Trainers.PairwiseRanking;

/// <summary>Samples of many users, user after user, put in an order in which several users take turns.</summary>
/// <param name="users">at most</param>
/// <param name="capacity">samples at most</param>
internal sealed class TakingTurns(int users, int capacity)
{
    private readonly PairwiseSample[] _samples = GC.AllocateUninitializedArray<PairwiseSample>(capacity);
    private readonly int[] _ends = new int[users];
    private int _count;
    private int _users;

    public void Add(PairwiseSample sample) => _samples[_count++] = sample;

    /// <summary>The next sample is another user's.</summary>
    public void EndUser() => _ends[_users++] = _count;

    /// <summary>One sample of each of <paramref name="width"/> users in turn; who has none left is followed by the next user.</summary>
    public PairwiseSample[] ByTurns(int width)
    {
        PairwiseSample[] order = GC.AllocateUninitializedArray<PairwiseSample>(_count);
        Span<int> at = stackalloc int[width], end = stackalloc int[width];
        int next = 0, busy = 0, taken = 0;
        while (busy < width && Deal(ref next, ref at[busy], ref end[busy]))
            busy++;
        while (busy > 0)
        {
            for (int lane = 0; lane < busy; lane++)
            {
                order[taken++] = _samples[at[lane]++];
                if (at[lane] < end[lane] || Deal(ref next, ref at[lane], ref end[lane]))
                    continue;
                busy--;
                (at[lane], end[lane]) = (at[busy], end[busy]);
                lane--;
            }
        }

        return order;
    }

    private bool Deal(ref int next, ref int at, ref int end)
    {
        while (next < _users)
        {
            (at, end) = (next == 0 ? 0 : _ends[next - 1], _ends[next]);
            next++;
            if (at < end)
                return true;
        }

        return false;
    }
}
