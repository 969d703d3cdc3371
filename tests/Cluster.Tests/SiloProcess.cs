using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace NSft.Cluster.Tests;

/// <summary>A silo in a process of its own.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Channel<SiloAddress> _lives = Channel.CreateUnbounded<SiloAddress>();
    private readonly ConcurrentQueue<string> _output = new();

    private SiloProcess(Process process) => _process = process;

    /// <summary>The silo's address in its newest life.</summary>
    public SiloAddress Address { get; private set; } = null!;

    /// <summary>What the process has said.</summary>
    public string Output => string.Join('\n', _output);

    public static async Task<SiloProcess> StartAsync(string directory)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "NSft.Cluster.Silo.dll"));
        start.ArgumentList.Add(directory);
        SiloProcess silo = new(new Process { StartInfo = start });
        silo._process.OutputDataReceived += (_, line) => silo.Read(line.Data);
        silo._process.ErrorDataReceived += (_, line) => silo.Read(line.Data);
        silo._process.Start();
        silo._process.BeginOutputReadLine();
        silo._process.BeginErrorReadLine();
        await silo.NextLifeAsync();
        return silo;
    }

    /// <summary>Waits until the process has joined a cluster anew.</summary>
    public async Task<SiloAddress> NextLifeAsync()
    {
        using CancellationTokenSource limit = new(Patience);
        try
        {
            return Address = await _lives.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The silo did not start:\n{Output}");
        }
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGSTOP; returns when all threads have stopped.</summary>
    public async Task FreezeAsync()
    {
        Signal("STOP");
        using CancellationTokenSource limit = new(Patience);
        while (!Directory.EnumerateDirectories($"/proc/{_process.Id}/task").All(IsStopped))
        {
            await Task.Delay(5, limit.Token);
        }
    }

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signal("CONT");

    /// <summary>SIGTERM.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>Waits for the end of the process.</summary>
    public async Task WaitForExitAsync()
    {
        using CancellationTokenSource limit = new(Patience);
        await _process.WaitForExitAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static bool IsStopped(string thread)
    {
        string stat = File.ReadAllText(Path.Combine(thread, "stat"));
        return stat[stat.LastIndexOf(')') + 2] == 'T';
    }

    private void Signal(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private void Read(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                _lives.Writer.TryWrite(SiloAddress.FromParsableString(line[6..]));
            }
        }
    }
}
