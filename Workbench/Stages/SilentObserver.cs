using Trainers;
using Workbench.Reports;
using Workbench.Search.Running;

namespace Workbench.Stages;

/// <summary>Tells nobody.</summary>
internal sealed class SilentObserver : IRunObserver
{
    public void StageBegins(string what)
    {
    }

    public void SearchGoesOn(SearchWatch search)
    {
    }

    public void RowBegins(string row, int number, int of)
    {
    }

    public void RowTrains(string row, TrainingProgress progress)
    {
    }

    public void RowEnds(LeaderboardRow row, int number, int of)
    {
    }
}
