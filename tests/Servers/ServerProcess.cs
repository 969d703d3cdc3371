using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NSft.Tests.Servers;

/// <summary>
/// A server that a test started. It ends with this object, and with the process of the tests however that ends: a shell beside it reads names of
/// signals from the tests through a pipe, and kills it at the pipe's end.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const string Guarded = """
        exec 3<&0
        "$@" </dev/null 3<&- &
        server=$!
        { while read -r signal <&3; do kill -$signal $server; done; kill -KILL $server; } >/dev/null 2>&1 &
        exec 3<&-
        wait $server
        """;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Regex _ready;
    private readonly TaskCompletionSource<Match> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process, Regex ready)
    {
        _process = process;
        _ready = ready;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => _started.TrySetException(new InvalidOperationException($"{process.StartInfo.ArgumentList[3]} ended: {Output}"));
    }

    /// <summary>What it wrote so far.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Starts a server and waits for the line that says it is ready.</summary>
    /// <param name="program">Its path or name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="ready">The line.</param>
    /// <param name="environment">Variables besides the inherited ones; null for none.</param>
    /// <returns>The server and the match of the line.</returns>
    /// <exception cref="InvalidOperationException">It ended, or did not become ready; with what it wrote.</exception>
    public static async Task<(ServerProcess Server, Match Ready)> StartAsync(
        string program, IEnumerable<string> arguments, Regex ready, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", Guarded, "server", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        Process process = new() { StartInfo = start, EnableRaisingEvents = true };
        ServerProcess server = new(process, ready);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return (server, await server._started.Task.WaitAsync(StartLimit));
        }
        catch (Exception failure)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException($"{program} did not start: {failure.Message} {server.Output}", failure);
        }
    }

    /// <summary>Sends it a signal: <c>TERM</c>, <c>STOP</c>, <c>CONT</c>.</summary>
    public async Task SignalAsync(string name)
    {
        await _process.StandardInput.WriteLineAsync(name);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Asks it to end, and waits for that.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            await SignalAsync("TERM");
            await _process.WaitForExitAsync();
        }
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Add(line);
        }

        if (_ready.Match(line) is { Success: true } match)
        {
            _started.TrySetResult(match);
        }
    }
}
