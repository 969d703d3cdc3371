using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSft.Grains.Hosting.StateDirectory;
using Orleans;

namespace NSft.Benches;

/// <summary>Calls of a grain in another process, beside messages over bare sockets to the same process.</summary>
internal static class WireBench
{
    private const int ChunkBytes = 4 << 20;
    private const int ChunkCount = 128;
    private const int InFlight = 8;
    private const int PingCount = 2000;
    private const int RepeatCount = 7;

    /// <summary>Chunks of 4 MB, 8 in flight.</summary>
    public static Task<BenchResult> RunChunksAsync() =>
        RunAsync("MB/s", (double)ChunkCount * ChunkBytes / 1e6, TakeChunksAsync, SendChunksAsync, $"all {ChunkCount} chunks of 4 MB answered, {InFlight} in flight");

    /// <summary>Empty calls, one after the other.</summary>
    public static Task<BenchResult> RunPingsAsync() =>
        RunAsync("calls/s", PingCount, PingAsync, (_, port) => PingBareAsync(port), "one call at a time");

    private static async Task<BenchResult> RunAsync(string unit, double work, Func<IWireGrain, byte[], Task> own, Func<byte[], int, Task> bare, string agreement)
    {
        string directory = Directory.CreateTempSubdirectory("nsft-wire").FullName;
        using Process peer = Start(directory);
        try
        {
            int port = int.Parse(await peer.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The other process did not start."), CultureInfo.InvariantCulture);
            using IHost client = await ConnectAsync(directory);
            IWireGrain grain = client.Services.GetRequiredService<IClusterClient>().GetGrain<IWireGrain>(0);
            byte[] chunk = new byte[ChunkBytes];
            new Random(1).NextBytes(chunk);
            List<double> ownSeconds = [];
            List<double> bareSeconds = [];
            for (int repeat = 0; repeat <= RepeatCount; repeat++)
            {
                ownSeconds.Add(await TimeAsync(() => own(grain, chunk)));
                bareSeconds.Add(await TimeAsync(() => bare(chunk, port)));
            }

            await client.StopAsync();
            return new BenchResult(unit, "bare TCP", [.. ownSeconds.Skip(1)], [.. bareSeconds.Skip(1)], work, agreement);
        }
        finally
        {
            peer.StandardInput.Close();
            await peer.WaitForExitAsync();
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Process Start(string directory)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(WireBench).Assembly.Location);
        start.ArgumentList.Add(directory);
        start.ArgumentList.Add("wire-peer");
        return Process.Start(start)!;
    }

    private static async Task<IHost> ConnectAsync(string directory)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(orleans => orleans.UseStateDirectory(directory));
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        long begin = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static async Task PingAsync(IWireGrain grain, byte[] chunk)
    {
        for (int i = 0; i < PingCount; i++)
        {
            await grain.PingAsync();
        }
    }

    private static async Task PingBareAsync(int port)
    {
        using Socket socket = await DialAsync(port);
        byte[] header = new byte[WirePeer.HeaderBytes];
        for (int i = 0; i < PingCount; i++)
        {
            await socket.SendAsync(header);
            await WirePeer.ReceiveAsync(socket, header);
        }
    }

    private static async Task TakeChunksAsync(IWireGrain grain, byte[] chunk)
    {
        int next = 0;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) <= ChunkCount)
            {
                if (await grain.TakeAsync(chunk) != chunk.Length)
                {
                    throw new InvalidDataException("A chunk did not arrive whole.");
                }
            }
        }));
    }

    private static async Task SendChunksAsync(byte[] chunk, int port)
    {
        using Socket socket = await DialAsync(port);
        Task receiving = WirePeer.ReceiveAsync(socket, new byte[ChunkCount * WirePeer.HeaderBytes]);
        for (int i = 0; i < ChunkCount; i++)
        {
            await socket.SendAsync(BitConverter.GetBytes(chunk.Length));
            for (int sent = 0; sent < chunk.Length;)
            {
                sent += await socket.SendAsync(chunk.AsMemory(sent));
            }
        }

        await receiving;
    }

    private static async Task<Socket> DialAsync(int port)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }
}
