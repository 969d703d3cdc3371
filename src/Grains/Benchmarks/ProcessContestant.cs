using System.Diagnostics;
using System.Globalization;

namespace NSft.Grains.Benchmarks;

/// <summary>A peer's processes: each line of input is a size, each line of output seconds and whether the sum was right.</summary>
internal sealed class ProcessContestant : IAllReduceContestant
{
    private readonly List<Process> _processes = [];

    private ProcessContestant(string name)
    {
        Name = name;
    }

    public string Name { get; }

    /// <summary>Starts the processes.</summary>
    /// <param name="name">Who it is.</param>
    /// <param name="starts">One for each process that is talked to.</param>
    /// <param name="cancellation">Ends the start.</param>
    internal static async Task<ProcessContestant> StartAsync(string name, IEnumerable<ProcessStartInfo> starts, CancellationToken cancellation)
    {
        var contestant = new ProcessContestant(name);
        foreach (var start in starts)
        {
            start.RedirectStandardInput = true;
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start");
            process.BeginErrorReadLine();
            contestant._processes.Add(process);
        }

        foreach (var process in contestant._processes)
        {
            await ReadAsync(process, name, cancellation);
        }

        return contestant;
    }

    public async Task<double> RunAsync(long bytes, CancellationToken cancellation)
    {
        foreach (var process in _processes)
        {
            await process.StandardInput.WriteLineAsync(bytes.ToString(CultureInfo.InvariantCulture));
            await process.StandardInput.FlushAsync(cancellation);
        }

        var slowest = 0.0;
        foreach (var process in _processes)
        {
            var words = (await ReadAsync(process, Name, cancellation)).Split(' ');
            slowest = Math.Max(slowest, double.Parse(words[0], CultureInfo.InvariantCulture));
            if (words[1] != "right")
            {
                throw new InvalidOperationException($"{Name}: a sum of {bytes} bytes is wrong");
            }
        }

        return slowest;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.StandardInput.Close();
        }

        foreach (var process in _processes)
        {
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static async Task<string> ReadAsync(Process process, string name, CancellationToken cancellation) =>
        await process.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException($"{name}: a process has ended early");
}
