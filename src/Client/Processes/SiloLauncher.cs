using System.Diagnostics;
using System.Globalization;
using NSft.Collectives;
using NSft.Silo.Logging;

namespace NSft.Client.Processes;

/// <summary>Starts silo processes in sessions of their own, so that they outlive the console and its terminal.</summary>
/// <param name="stateDirectory">Full path of the state directory.</param>
/// <param name="settings">What each silo offers.</param>
internal sealed class SiloLauncher(string stateDirectory, SiloSettings settings)
{
    // The shell opens the log before anything runs, so that also what the runtime itself says of a crash is kept.
    private const string Script = "log=$1; shift; exec setsid -- \"$@\" >>\"$log\" 2>&1 </dev/null";

    private readonly SiloRecords _records = new(stateDirectory);

    /// <summary>Folder of the silos' logs.</summary>
    public static string LogDirectory(string stateDirectory) => Path.Combine(stateDirectory, "logs");

    /// <summary>Starts one silo.</summary>
    /// <param name="name">Its name; null for the lowest free number.</param>
    /// <param name="cancellation">Ends the wait for others that start silos.</param>
    /// <returns>Its record; the silo has not joined yet.</returns>
    public Task<SiloRecord> StartAsync(string? name, CancellationToken cancellation)
    {
        Directory.CreateDirectory(LogDirectory(stateDirectory));
        return _records.TakeNameAsync(name, StartAsync, cancellation);
    }

    private async Task<SiloRecord> StartAsync(string name)
    {
        string log = Path.Combine(LogDirectory(stateDirectory), name + ".log");
        using Process process = await ProcessStarter.StartAsync(StartInfo(name, log)).ConfigureAwait(false);
        ProcessIdentity identity = ProcessIdentity.Of(process.Id)
            ?? throw new UserInputException($"{name} ended at once; {log} says why");
        return new SiloRecord
        {
            Name = name,
            Process = identity,
            WorkersPerSilo = settings.WorkersPerSilo,
            Cuda = settings.Cuda,
            Log = log,
            StartedAt = TimeProvider.System.GetUtcNow(),
        };
    }

    /// <summary>The HTTP port of a silo: the first one's and its number, so that a restart has the same; a free one when its name has no number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="first">Port of the first silo, 0 for free ones; null for none.</param>
    internal static int? HttpPort(string name, int? first)
    {
        if (first is not > 0)
        {
            return first;
        }

        return name.StartsWith(SiloRecords.NamePrefix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(SiloRecords.NamePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? first + number - 1
            : 0;
    }

    private ProcessStartInfo StartInfo(string name, string log)
    {
        ProcessStartInfo start = new("/bin/sh") { UseShellExecute = false, WorkingDirectory = stateDirectory };
        string[] verb =
        [
            "silo", "--state", stateDirectory, "--name", name, "--workers-per-silo", settings.WorkersPerSilo.ToString(CultureInfo.InvariantCulture),
            "--probe-period", settings.ProbePeriod.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            "--missed-probes", settings.MissedProbes.ToString(CultureInfo.InvariantCulture),
        ];
        string[] http = HttpPort(name, settings.Http.Port) is int port ? ["--http-port", port.ToString(CultureInfo.InvariantCulture), "--http-host", settings.Http.Host] : [];
        string[] format = settings.LogFormat == LogFormat.Json ? ["--log-format", "json"] : [];
        string[] cuda = settings.Cuda ? ["--cuda"] : [];
        string[] tie = settings.EndsWithStarter ? ["--tie", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)] : [];
        foreach (string argument in (string[])["-c", Script, "sh", log, .. ConsoleExecutable.CommandLine, .. verb, .. http, .. format, .. cuda, .. tie])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
