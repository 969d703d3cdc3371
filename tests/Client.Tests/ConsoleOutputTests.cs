using NSft.Client.Output;
using Spectre.Console;

namespace NSft.Client.Tests;

public sealed class ConsoleOutputTests
{
    [Fact]
    public void For_RedirectedStream_WritesWideRowsWithoutEscapes()
    {
        using StringWriter writer = new();
        Table table = new Table().AddColumn("method").AddColumn("score");
        table.AddRow("nSFT", "[bold]" + new string('9', 120) + "[/]");
        ConsoleOutput.For(writer, isRedirected: true).Write(table);
        Assert.DoesNotContain('\u001b', writer.ToString());
        Assert.Contains(new string('9', 120), writer.ToString(), StringComparison.Ordinal);
    }
}
