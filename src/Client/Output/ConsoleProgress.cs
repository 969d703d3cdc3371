using Spectre.Console;

namespace NSft.Client.Output;

/// <summary>Progress on standard error: a live bar with rate and time left on a terminal, a line now and then elsewhere.</summary>
internal static class ConsoleProgress
{
    /// <summary>Runs <paramref name="work"/> and shows what it reports.</summary>
    /// <param name="label">What is being done.</param>
    /// <param name="unit">What is counted, in the plural.</param>
    /// <param name="work">The work; it may report from any thread.</param>
    public static async Task<T> RunAsync<T>(string label, string unit, Func<IProgress<ProgressUpdate>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(new PlainProgress(Console.Error, label, unit, TimeProvider.System)).ConfigureAwait(false);
        }

        IAnsiConsole console = ConsoleOutput.For(Console.Error, isRedirected: false);
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(unit), new RemainingTimeColumn())
            .StartAsync(context => work(new LiveProgress(context.AddTask(Markup.Escape(label)), label)))
            .ConfigureAwait(false);
    }

    private sealed class LiveProgress(ProgressTask task, string label) : IProgress<ProgressUpdate>
    {
        public void Report(ProgressUpdate value)
        {
            task.IsIndeterminate = value.Total == 0;
            task.MaxValue = Math.Max(Math.Max(1, value.Done), value.Total);
            task.Value = value.Done;
            task.Description = Markup.Escape(value.Note is null ? label : $"{label} {value.Note}");
        }
    }
}
