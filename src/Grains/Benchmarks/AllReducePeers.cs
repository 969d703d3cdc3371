using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NSft.Grains.Benchmarks;

/// <summary>PyTorch's Gloo and Open MPI on the same machine, where they are installed.</summary>
/// <param name="scripts">Directory of the peers' programs.</param>
/// <param name="work">Directory for what is compiled.</param>
internal sealed class AllReducePeers(string scripts, string work)
{
    // Debian's interpreter is the one that has Debian's python3-torch.
    private const string Python = "/usr/bin/python3";

    private string? _program;

    /// <summary>Peers that are missing here, each with the command that installs it.</summary>
    internal List<string> Absent { get; } = [];

    /// <summary>Starts the peers.</summary>
    /// <param name="count">Processes of each.</param>
    /// <param name="isMemoryShared">Whether peers may share memory too.</param>
    /// <param name="cancellation">Ends the start.</param>
    internal async Task<List<IAllReduceContestant>> StartAsync(int count, bool isMemoryShared, CancellationToken cancellation)
    {
        Absent.Clear();
        var peers = new List<IAllReduceContestant>();
        if (await SucceedsAsync(Python, ["-c", "import torch.distributed"], cancellation))
        {
            peers.Add(await ProcessContestant.StartAsync("Gloo", GlooStarts(count), cancellation));
        }
        else
        {
            Absent.Add("Gloo: apt-get install python3-torch");
        }

        _program ??= await CompileAsync(cancellation);
        if (_program is null)
        {
            Absent.Add("Open MPI: apt-get install openmpi-bin libopenmpi-dev gcc");
            return peers;
        }

        peers.Add(await ProcessContestant.StartAsync("Open MPI TCP", [MpiStart(count, "tcp,self")], cancellation));
        if (isMemoryShared)
        {
            peers.Add(await ProcessContestant.StartAsync("Open MPI shm", [MpiStart(count, "vader,self")], cancellation));
        }

        return peers;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> SucceedsAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private async Task<string?> CompileAsync(CancellationToken cancellation)
    {
        var program = Path.Combine(work, "allreduce");
        return await SucceedsAsync("mpicc", ["-O2", "-o", program, Path.Combine(scripts, "allreduce.c")], cancellation) ? program : null;
    }

    private List<ProcessStartInfo> GlooStarts(int count)
    {
        var port = FreePort();
        return [.. Enumerable.Range(0, count).Select(rank =>
        {
            var start = new ProcessStartInfo(Python, ["-B", Path.Combine(scripts, "allreduce.py")]);
            start.Environment["MASTER_ADDR"] = "127.0.0.1";
            start.Environment["MASTER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
            start.Environment["RANK"] = rank.ToString(CultureInfo.InvariantCulture);
            start.Environment["WORLD_SIZE"] = count.ToString(CultureInfo.InvariantCulture);
            start.Environment["OMP_NUM_THREADS"] = "1";
            start.Environment["OPENBLAS_NUM_THREADS"] = "1";
            return start;
        })];
    }

    private ProcessStartInfo MpiStart(int count, string transport) => new("mpirun",
    [
        "--allow-run-as-root", "--oversubscribe", "--bind-to", "none", "--mca", "pml", "ob1", "--mca", "btl", transport,
        "--mca", "btl_tcp_if_include", "lo", "--mca", "oob_tcp_if_include", "lo",
        "-np", count.ToString(CultureInfo.InvariantCulture), _program!,
    ]);
}
