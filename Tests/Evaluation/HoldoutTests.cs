using Evaluation;

namespace Tests.Evaluation;

public class HoldoutTests
{
    [Fact]
    public void What_is_no_unit_is_counted()
    {
        var holdout = new Holdout("h", 5, ["a", "b", "c", "d"], [[1, -1, 4], [], [-1, -1], [0]], ["x", "y", "x", "z"]) { RepeatedTargets = 7, QueriesLeftOut = 2 };
        Assert.Equal(3, holdout.TargetCount);
        Assert.Equal(3, holdout.UnreachableTargets);
        Assert.Equal(1, holdout.UnreachableQueries);
        Assert.Equal(1, holdout.QueriesWithoutTarget);
        Assert.Equal([1, 4], holdout.Targets[0]);
        Assert.Equal([0, 2, 2, 2, 3], holdout.TargetOffsets);
        Assert.Equal([0, 1, 0, 2], holdout.Clusters!);
        Assert.Equal((7, 2), (holdout.RepeatedTargets, holdout.QueriesLeftOut));
    }
}
