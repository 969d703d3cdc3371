using NSft.Grains.Contracts.Messages;
using NSft.Grains.Fleet;

namespace NSft.Grains.Tests.Fleet;

public sealed class FleetPlanTests
{
    private static readonly HashSet<DeviceGrant> None = [];

    [Fact]
    public void Choose_SeveralSilos_SpreadsWorkersOverThem()
    {
        var grants = FleetPlan.Choose([Silo("b", null, null), Silo("a", null, null)], None, 3);

        Assert.Equal([new("a", 0), new("b", 0), new("a", 1)], grants);
    }

    [Fact]
    public void Choose_SiloWithAWorker_ComesAfterAnEmptyOne()
    {
        var grants = FleetPlan.Choose([Silo("a", "run/worker-0000", null), Silo("b", null, null)], None, 1);

        Assert.Equal([new("b", 0)], grants);
    }

    [Fact]
    public void Choose_TakenReservedAndDrainingDevices_AreLeftOut()
    {
        var grants = FleetPlan.Choose(
            [Silo("a", "run/worker-0000", null, null), Silo("b", [null]) with { IsDraining = true }], new HashSet<DeviceGrant> { new("a", 1) }, 5);

        Assert.Equal([new("a", 2)], grants);
    }

    private static SiloDevices Silo(string name, params string?[] workers) =>
        new(name, name, false, [.. workers.Select((worker, index) => new DeviceSlot(index, "cpu", 0, worker))]);
}
