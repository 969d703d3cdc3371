using NSft.Client.Clusters;

namespace NSft.Client.Tests.Clusters;

public sealed class ClusterLogsTests
{
    private static readonly string[] First = ["2026-01-01T00:00:01.000Z silo-1 one", "2026-01-01T00:00:03.000Z silo-1 three of run-7", "   at somewhere"];
    private static readonly string[] Second = ["2026-01-01T00:00:02.000Z silo-2 two of run-7"];

    [Fact]
    public void Merge_SeveralLogs_OrdersByTimeAndKeepsTraces() =>
        Assert.Equal([First[0], Second[0], First[1], First[2]], ClusterLogs.Merge([First, Second], null, 10));

    [Fact]
    public void Merge_JsonAmongText_OrdersByTime()
    {
        string json = """{"time":"2026-01-01T00:00:01.500Z","level":"information","silo":"silo-2","message":"between"}""";
        Assert.Equal([First[0], json, First[1], First[2]], ClusterLogs.Merge([First, [json]], null, 10));
    }

    [Fact]
    public void Merge_Filter_KeepsMatchingEvents() => Assert.Equal([Second[0], First[1], First[2]], ClusterLogs.Merge([First, Second], "run-7", 10));

    [Fact]
    public void Merge_Last_CutsTheBegin() => Assert.Equal([First[2]], ClusterLogs.Merge([First, Second], null, 1));
}
