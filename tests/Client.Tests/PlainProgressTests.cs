using NSft.Client.Output;

namespace NSft.Client.Tests;

public sealed class PlainProgressTests
{
    [Fact]
    public void Report_ManyTimes_WritesFirstThenRarelyThenLastOnce()
    {
        ManualTime time = new();
        using StringWriter writer = new();
        PlainProgress progress = new(writer, "training", "steps", time);
        progress.Report(new ProgressUpdate(0, 100));
        for (int step = 1; step <= 100; step++)
        {
            time.Advance(TimeSpan.FromSeconds(0.1));
            progress.Report(new ProgressUpdate(step, 100, "loss 1.5"));
        }

        progress.Report(new ProgressUpdate(100, 100));
        string[] lines = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["training: 0/100 steps, 0 steps/s", "training: 50/100 steps, 10 steps/s, 5 s left, loss 1.5", "training: 100/100 steps, 10 steps/s, loss 1.5"],
            lines);
    }
}
