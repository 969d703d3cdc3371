using System.Diagnostics.Metrics;
using NSft.Silo.Measurements;

namespace NSft.Silo.Tests.Measurements;

public sealed class MetricNamesTests
{
    [Theory]
    [InlineData("nsft.step.duration", "nsft_step_duration")]
    [InlineData("orleans-app-requests", "orleans_app_requests")]
    [InlineData("Big", "big")]
    [InlineData("2nd", "_2nd")]
    [InlineData("a:b/c", "a_b_c")]
    [InlineData("", "_")]
    public void Of_AnyName_IsAMetricName(string name, string expected) => Assert.Equal(expected, MetricNames.Of(name));

    [Theory]
    [InlineData("__name__", "_name__")]
    [InlineData("error.type", "error_type")]
    public void OfTag_AnyName_IsALabelName(string name, string expected) => Assert.Equal(expected, MetricNames.OfTag(name));

    [Fact]
    public void Help_OfAnInstrument_IsOneLineWithItsUnit()
    {
        using Meter meter = new("names");
        Assert.Equal("Time of a step (s)", MetricNames.Help(meter.CreateCounter<int>("a", "s", "Time of\na step")));
        Assert.Equal("a.b", MetricNames.Help(meter.CreateCounter<int>("a.b")));
    }
}
