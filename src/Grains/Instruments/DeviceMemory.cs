using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NSft.Grains.Hosting;

namespace NSft.Grains.Instruments;

/// <summary>
/// Memory of the devices that the silo computes on. The processor's is the process's own, read at each scrape; that of GPUs is known to
/// the driver's tool alone, which is asked in the background, so that no scrape waits for it.
/// </summary>
/// <param name="options">What the silo offers.</param>
/// <param name="time">The clock.</param>
internal sealed class DeviceMemory(IOptions<DeviceOptions> options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly IDisposable[] _registration = new IDisposable[1];
    private volatile IReadOnlyList<Measurement<double>> _gpus = [];

    /// <summary>Used and total bytes of each device.</summary>
    internal IReadOnlyList<Measurement<double>> Measure() => options.Value.Cuda ? _gpus : MeasureProcess();

    /// <summary>Reads lines of index, used and total mebibytes.</summary>
    internal static IReadOnlyList<Measurement<double>> Parse(string table)
    {
        var measured = new List<Measurement<double>>();
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var fields = line.Split(',', StringSplitOptions.TrimEntries);
            if (fields.Length == 3 && TryRead(fields[1], out var used) && TryRead(fields[2], out var total))
            {
                measured.AddRange(Describe($"cuda:{fields[0]}", used, total));
            }
        }

        return measured;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _registration[0]?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _registration[0] = MemoryInstruments.Devices.Add(this);
        while (options.Value.Cuda && !stoppingToken.IsCancellationRequested)
        {
            _gpus = await AskDriverAsync(stoppingToken);
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<IReadOnlyList<Measurement<double>>> AskDriverAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var tool = Process.Start(new ProcessStartInfo(
                "nvidia-smi", ["--query-gpu=index,memory.used,memory.total", "--format=csv,noheader,nounits"])
            { RedirectStandardOutput = true })!;
            return Parse(await tool.StandardOutput.ReadToEndAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is Win32Exception or OperationCanceledException)
        {
            // Without the tool it stays unknown.
            return [];
        }
    }

    private static Measurement<double>[] MeasureProcess() =>
        Describe("cpu", Environment.WorkingSet, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    private static Measurement<double>[] Describe(string device, double used, double total) =>
    [
        new(used, new("device", device), new("kind", "used")),
        new(total, new("device", device), new("kind", "total")),
    ];

    private static bool TryRead(string mebibytes, out double bytes)
    {
        var isNumber = long.TryParse(mebibytes, NumberStyles.Integer, CultureInfo.InvariantCulture, out var read);
        bytes = read << 20;
        return isNumber;
    }
}
