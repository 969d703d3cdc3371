using System.Globalization;
using static TorchSharp.torch;

namespace NSft.Grains.Fleet;

/// <summary>Asks the tensor library how many GPUs it can use, and the driver's table of devices for their memory.</summary>
internal sealed class TorchGpuProbe : IGpuProbe
{
    private const string DriverTable = "/proc/driver/nvidia/gpus";

    /// <inheritdoc/>
    public IReadOnlyList<long> FindMemory()
    {
        if (!cuda.is_available())
        {
            return [];
        }

        var memory = ReadDriver();
        return [.. Enumerable.Range(0, cuda.device_count()).Select(device => device < memory.Length ? memory[device] : 0)];
    }

    /// <summary>The driver tells memory through its own tool only; where it is not installed, it stays unknown.</summary>
    private static long[] ReadDriver()
    {
        if (!Directory.Exists(DriverTable))
        {
            return [];
        }

        try
        {
            using var tool = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
                "nvidia-smi", ["--query-gpu=memory.total", "--format=csv,noheader,nounits"])
            { RedirectStandardOutput = true });
            var lines = tool!.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return [.. lines.Select(line => long.TryParse(line, NumberStyles.Integer, CultureInfo.InvariantCulture, out var mebibytes) ? mebibytes << 20 : 0)];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return [];
        }
    }
}
