using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Collectives;
using NSft.Grains.Benchmarks;
using NSft.Grains.ShardWorker;

namespace NSft.Client.Commands;

/// <summary><c>nsft bench allreduce</c>: the exchange of sums between processes beside Gloo and Open MPI.</summary>
internal static class BenchAllReduceCommand
{
    private const string SiloVerb = "allreduce-silo";
    private const double Megabyte = 1 << 20;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<int[]> processes = new("--processes") { Description = "Numbers of processes", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [2, 3, 4] };
        Option<int[]> sizes = new("--sizes") { Description = "Sizes of the vector in MB", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1, 16, 64, 256] };
        Option<int> repeats = SharedOptions.Count("--repeats", 11, "Repetitions of each contestant, in turn");
        Option<string> transport = new("--transport") { Description = "auto: processes of this host read each other's memory; messages: all elements go over sockets", DefaultValueFactory = _ => "auto" };
        transport.AcceptOnlyFromAmong("auto", "messages");
        Option<bool> alone = new("--no-peers") { Description = "Run without Gloo and Open MPI" };
        Option<bool> json = SharedOptions.Json();
        Command command = new("allreduce", "Time the exchange of sums between processes beside Gloo and Open MPI") { processes, sizes, repeats, transport, alone, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            AllReduceSettings settings = new(
                Checked(processes.Name, parsed.GetValue(processes)!, 1),
                [.. Checked(sizes.Name, parsed.GetValue(sizes)!, 1).Select(size => size * (long)Megabyte)],
                parsed.GetValue(repeats),
                parsed.GetValue(transport) == "messages" ? ExchangeTransport.Messages : ExchangeTransport.Auto,
                parsed.GetValue(alone) ? null : PeerScripts(),
                SiloStart);
            await RunAsync(settings, parsed.GetValue(json), cancellation).ConfigureAwait(false);
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>The silo process of a bench.</summary>
    public static Command CreateSilo()
    {
        Option<string> state = SharedOptions.Required("--state", "The bench's directory");
        Command command = new(SiloVerb, "A silo of the bench") { state };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellation) =>
        {
            await BenchCluster.RunSiloAsync(parsed.GetValue(state)!, Console.In, Console.Out, cancellation).ConfigureAwait(false);
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task RunAsync(AllReduceSettings settings, bool json, CancellationToken cancellation)
    {
        List<AllReduceTiming> timings = [];
        if (!json)
        {
            WriteHead(settings);
        }

        IReadOnlyList<string> absent = await AllReduceBench.RunAsync(
            settings,
            timing =>
            {
                timings.Add(timing);
                if (!json)
                {
                    Console.Out.WriteLine(Line(timing, timings));
                }
            },
            cancellation).ConfigureAwait(false);
        if (json)
        {
            ConsoleOutput.WriteJson(new { Timings = timings, Absent = absent });
            return;
        }

        WriteAbsent(absent);
    }

    private static void WriteHead(AllReduceSettings settings)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"All-reduce of 4-byte elements, medians of {settings.Repeats} in turn, every sum checked. GB/s: bus = S / t * 2 (P - 1) / P, what each process sends;"));
        Console.Out.WriteLine("Gbit/s: what all processes together put on the loopback, which is one queue for both directions, if the elements go over it.");
        Console.Out.WriteLine($"{"P",2} {"MB",5}  {"contestant",-14} {"ms",9} {"alg GB/s",9} {"bus GB/s",9} {"Gbit/s",8}  NSft/it");
    }

    private static void WriteAbsent(IReadOnlyList<string> absent)
    {
        foreach (string peer in absent)
        {
            Console.Out.WriteLine($"not measured: {peer}");
        }
    }

    private static string Line(AllReduceTiming timing, List<AllReduceTiming> all)
    {
        AllReduceTiming own = all.First(one => one.Processes == timing.Processes && one.Bytes == timing.Bytes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{timing.Processes,2} {timing.Bytes / Megabyte,5:F0}  {timing.Contestant,-14} {timing.MedianSeconds * 1e3,9:F2} {timing.AlgorithmBandwidth / 1e9,9:F2} {timing.BusBandwidth / 1e9,9:F2} {timing.LoopbackRate * 8 / 1e9,8:F2}  {own.BusBandwidth / timing.BusBandwidth:F2}");
    }

    private static int[] Checked(string option, int[] values, int least) =>
        Array.TrueForAll(values, value => value >= least)
            ? values
            : throw new UserInputException(string.Create(CultureInfo.InvariantCulture, $"{option} takes numbers from {least} on"));

    /// <summary>The peers' programs lie beside the sources.</summary>
    private static string? PeerScripts()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            string scripts = Path.Combine(directory.FullName, "benches", "peer");
            if (File.Exists(Path.Combine(scripts, "allreduce.c")))
            {
                return scripts;
            }
        }

        return null;
    }

    private static ProcessStartInfo SiloStart(string state)
    {
        string program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(BenchAllReduceCommand).Assembly.Location] : [];
        return new ProcessStartInfo(program, [.. host, "bench", SiloVerb, "--state", state]);
    }
}
