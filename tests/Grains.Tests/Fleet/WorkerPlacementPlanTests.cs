using NSft.Grains.Fleet;

namespace NSft.Grains.Tests.Fleet;

public sealed class WorkerPlacementPlanTests
{
    [Fact]
    public void Deal_AsManySilosAsWorkers_PutsEachOnItsOwn() =>
        Assert.Equal(["a", "b", "c"], WorkerPlacementPlan.Deal(["c", "a", "b"], 3));

    [Fact]
    public void Deal_FewerSilos_SpreadsEvenly() =>
        Assert.Equal(["a", "b", "a"], WorkerPlacementPlan.Deal(["b", "a"], 3));

    [Fact]
    public void Deal_NoSilo_Throws() =>
        Assert.Throws<ArgumentException>(() => WorkerPlacementPlan.Deal([], 1));
}
