using NSft.Client.Clusters;
using NSft.Client.Processes;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Tests.Clusters;

public sealed class SiloLineTests
{
    private static readonly DeviceSlot Slot = new(0, "cpu", 0, "run-1/worker-0000");

    [Fact]
    public void Join_ProcessesAndFleet_MeetByAddress()
    {
        SiloRecord active = new() { Name = "silo-1", Process = ProcessIdentity.Current, Silo = "a", State = SiloProcessState.Active };
        SiloRecord starting = new() { Name = "silo-2", Process = ProcessIdentity.Current };
        IReadOnlyList<SiloLine> lines = SiloLine.Join([active, starting], [new SiloDevices("a", "silo-1", false, [Slot]), new SiloDevices("c", "elsewhere", true, [])]);
        Assert.Equal(["silo-1", "silo-2", "elsewhere"], lines.Select(line => line.Name));
        Assert.Equal(["active", "starting", "draining"], lines.Select(line => line.State));
        Assert.Equal(Slot, Assert.Single(lines[0].Devices));
        Assert.Null(lines[2].Pid);
    }
}
