using Workbench.Stages;

namespace Workbench.Search.Running;

/// <summary>Runs the trials of several searches, several at a time: the search goes on that has used the least time so far.</summary>
internal static class SearchQueue
{
    /// <param name="searches">what is searched</param>
    /// <param name="jobs">at a time</param>
    /// <param name="isLate">true once a search may begin no trial any more, unless it has nothing to choose from</param>
    /// <param name="context">where and how</param>
    /// <exception cref="TrialsLeftException">There is no room here for what is left.</exception>
    internal static void Run(IReadOnlyList<SearchRun> searches, int jobs, Func<bool> isLate, RunContext context)
    {
        var waiting = new Waiting(context);
        Workers.Run(jobs, context, () => Step(searches, isLate, context, waiting));
        if (searches.Sum(search => search.Left) is > 0 and int left)
            throw new TrialsLeftException(left);
    }

    private static bool Step(IReadOnlyList<SearchRun> searches, Func<bool> isLate, RunContext context, Waiting waiting)
    {
        if (isLate())
        {
            foreach (SearchRun search in searches.Where(search => search.HasChoice))
                search.Close();
        }

        bool more = false;
        foreach (SearchRun search in searches.OrderBy(search => search.Used))
        {
            (bool worked, bool later) = search.Step(context);
            if (worked)
            {
                waiting.Worked();
                return true;
            }

            more |= later;
        }

        if (more)
            waiting.Wait();
        return more;
    }
}
