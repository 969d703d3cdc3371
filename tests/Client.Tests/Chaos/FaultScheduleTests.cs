using NSft.Client.Chaos;

namespace NSft.Client.Tests.Chaos;

public sealed class FaultScheduleTests
{
    private const int Length = 400;
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(1UL, 4)]
    [InlineData(99UL, 2)]
    public void Of_SameSeed_IsTheSame(ulong seed, int silos) => Assert.Equal(Describe(seed, silos), Describe(seed, silos));

    [Fact]
    public void Of_OtherSeed_IsAnother() => Assert.NotEqual(Describe(1, 4), Describe(2, 4));

    [Fact]
    public void Of_AnySeed_LeavesASteadySiloAndTouchesOnlyWhatIsThere()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            int silos = 2 + (int)(seed % 5);
            Dictionary<string, TimeSpan> steadyFrom = Enumerable.Range(1, silos).ToDictionary(number => $"silo-{number}", _ => TimeSpan.Zero, StringComparer.Ordinal);
            TimeSpan last = TimeSpan.Zero;
            foreach (Fault fault in FaultSchedule.Of(seed, silos).Take(Length))
            {
                Assert.InRange((fault.At - last).TotalSeconds, 1.5, 4.5);
                last = fault.At;
                Apply(fault, steadyFrom, silos);
                Assert.True(steadyFrom.Values.Any(from => from <= fault.At), $"seed {seed}: no silo is steady after {fault}");
            }
        }
    }

    [Fact]
    public void Of_LongSchedule_HasEveryKind() =>
        Assert.Equal(Enum.GetValues<FaultKind>().Order(), FaultSchedule.Of(7, 4).Take(Length).Select(fault => fault.Kind).Distinct().Order());

    [Fact]
    public void Of_Freezes_LastHalfASecondToSix()
    {
        Fault[] freezes = [.. FaultSchedule.Of(3, 4).Take(Length).Where(fault => fault.Kind == FaultKind.Freeze)];
        Assert.NotEmpty(freezes);
        Assert.All(freezes, fault => Assert.InRange(fault.Lasts.TotalSeconds, 0.5, 6));
        Assert.Contains(freezes, fault => fault.Lasts.TotalSeconds < 2);
        Assert.Contains(freezes, fault => fault.Lasts.TotalSeconds > 4);
    }

    private static void Apply(Fault fault, Dictionary<string, TimeSpan> steadyFrom, int silos)
    {
        switch (fault.Kind)
        {
            case FaultKind.Join:
                Assert.True(steadyFrom.TryAdd(Assert.Single(fault.Silos), fault.At + Settled));
                Assert.True(steadyFrom.Count <= silos + 1);
                break;
            case FaultKind.Freeze:
                Assert.True(steadyFrom[Assert.Single(fault.Silos)] <= fault.At);
                steadyFrom[fault.Silos[0]] = fault.At + fault.Lasts + Settled;
                break;
            case FaultKind.Scale:
                Assert.InRange(fault.Workers, 1, silos);
                break;
            case FaultKind.Pause:
                Assert.Empty(fault.Silos);
                break;
            default:
                Assert.Equal(fault.Kind == FaultKind.DoubleKill ? 2 : 1, fault.Silos.Distinct().Count());
                Assert.All(fault.Silos, silo => Assert.True(steadyFrom.Remove(silo, out TimeSpan from) && from <= fault.At));
                break;
        }
    }

    private static string Describe(ulong seed, int silos) => string.Join(
        '\n', FaultSchedule.Of(seed, silos).Take(Length).Select(fault => $"{fault.At} {fault.Kind} {string.Join(',', fault.Silos)} {fault.Lasts} {fault.Workers}"));
}
