using System.CommandLine;
using Microsoft.Extensions.Hosting;
using NSft.Client.Parsing;
using NSft.Client.Processes;
using NSft.Collectives;
using NSft.Grains.Hosting;
using NSft.Grains.Hosting.Settings;

namespace NSft.Client.Tests.Silos;

public sealed class SiloSettingsTests
{
    [Theory]
    [InlineData("--workers-per-silo 0", "WorkersPerSilo")]
    [InlineData("--probe-period 0", "ProbePeriod")]
    [InlineData("--probe-period -1", "ProbePeriod")]
    [InlineData("--probe-period 1e300", "ProbePeriod")]
    [InlineData("--probe-period 61", "ProbePeriod")]
    public void Read_Unusable_NamesTheOption(string line, string part) =>
        Assert.Contains(part, Assert.Throws<UserInputException>(() => Read(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_Usable_GoesToTheHost()
    {
        NSftConfiguration all = Read("--workers-per-silo 0 --cuda --probe-period 0.25 --missed-probes 5").ToConfiguration("/tmp/state", "one", new NSftConfiguration());
        Assert.Equal((0, true), (all.Silo.WorkersPerSilo, all.Silo.Cuda));
        Assert.Equal((TimeSpan.FromMilliseconds(250), 5), (all.Clustering.ProbePeriod!.Value, all.Clustering.MissedProbes));
        Assert.Equal(("/tmp/state", "one"), (all.Silo.StateDirectory, all.Silo.Name));
    }

    [Fact]
    public void Add_Unusable_AddsNothing()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        int before = builder.Services.Count;
        UserInputException error = Assert.Throws<UserInputException>(() => SiloHost.Add(builder, new NSftConfiguration
        {
            Silo = new NSftSiloOptions { SiloPort = 0 },
            Clustering = new ClusteringOptions { ClusterId = " " },
        }));
        Assert.Contains("SiloPort", error.Message, StringComparison.Ordinal);
        Assert.Contains("ClusterId", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, builder.Services.Count);
    }

    private static SiloSettings Read(string line)
    {
        SiloOptions options = new("Port of metrics");
        Command command = new("silo");
        options.AddTo(command);
        return options.Read(command.Parse(line.Split(' ')));
    }
}
