using NSft.Client.Processes;

namespace NSft.Client.Tests.Processes;

public sealed class SiloLauncherTests
{
    [Theory]
    [InlineData("silo-1", 9464, 9464)]
    [InlineData("silo-3", 9464, 9466)]
    [InlineData("silo-3", 0, 0)]
    [InlineData("silo-3", null, null)]
    [InlineData("other", 9464, 0)]
    [InlineData("silo-x", 9464, 0)]
    [InlineData("silo-0", 9464, 0)]
    public void HttpPort_OfASilo_FollowsFromItsNumber(string name, int? first, int? expected) => Assert.Equal(expected, SiloLauncher.HttpPort(name, first));
}
