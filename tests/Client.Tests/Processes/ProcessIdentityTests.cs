using System.Diagnostics;
using NSft.Client.Processes;

namespace NSft.Client.Tests.Processes;

public sealed class ProcessIdentityTests
{
    [Fact]
    public void Current_IsAlive() => Assert.True(ProcessIdentity.Current.IsAlive);

    [Fact]
    public void Of_NumberOfNobody_IsNull() => Assert.Null(ProcessIdentity.Of(int.MaxValue));

    [Fact]
    public void IsAlive_SameNumberOtherStart_IsFalse() =>
        Assert.False((ProcessIdentity.Current with { StartTicks = ProcessIdentity.Current.StartTicks - 1 }).IsAlive);

    [Fact]
    public void IsAlive_OtherBoot_IsFalse() => Assert.False((ProcessIdentity.Current with { BootId = "another" }).IsAlive);

    [Fact]
    public async Task Send_ReusedNumber_LeavesTheStrangerAlone()
    {
        using Process stranger = Process.Start("sleep", "60");
        try
        {
            ProcessIdentity identity = ProcessIdentity.Of(stranger.Id)!;
            Assert.False(NativeProcess.Send(identity with { StartTicks = identity.StartTicks - 1 }, ProcessSignal.Kill));
            Assert.True(identity.IsAlive);
            Assert.True(NativeProcess.Send(identity, ProcessSignal.Kill));
            await stranger.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.False(identity.IsAlive);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task IsStopped_AfterStopAndContinue_Follows()
    {
        using Process process = Process.Start("sleep", "60");
        try
        {
            ProcessIdentity identity = ProcessIdentity.Of(process.Id)!;
            Assert.True(NativeProcess.Send(identity, ProcessSignal.Stop));
            await Eventually.IsTrueAsync(() => identity.IsStopped);
            Assert.True(identity.IsAlive);
            Assert.True(NativeProcess.Send(identity, ProcessSignal.Continue));
            await Eventually.IsTrueAsync(() => !identity.IsStopped);
        }
        finally
        {
            process.Kill();
        }
    }
}
