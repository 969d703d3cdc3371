using System.Collections.Concurrent;
using System.Diagnostics;

namespace NSft.Client.Processes;

/// <summary>Starts processes from one thread that lives as long as this process.</summary>
/// <remarks>A child that asks to die with its parent dies with the thread that started it; threads of the pool come and go.</remarks>
internal static class ProcessStarter
{
    private static readonly Lazy<BlockingCollection<Action>> Work = new(Begin);

    /// <summary>Starts a process.</summary>
    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        TaskCompletionSource<Process> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Value.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start."));
            }
#pragma warning disable CA1031 // passed on to who asked for the start
            catch (Exception error)
#pragma warning restore CA1031
            {
                started.SetException(error);
            }
        });
        return started.Task;
    }

    private static BlockingCollection<Action> Begin()
    {
        BlockingCollection<Action> work = [];
        Thread thread = new(() =>
        {
            foreach (Action start in work.GetConsumingEnumerable())
            {
                start();
            }
        })
        {
            IsBackground = true,
            Name = "process starter",
        };
        thread.Start();
        return work;
    }
}
