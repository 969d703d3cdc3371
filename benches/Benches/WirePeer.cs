using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSft.Grains.Hosting.StateDirectory;

namespace NSft.Benches;

/// <summary>The other process of the wire benches: a silo, and bare sockets for comparison.</summary>
internal static class WirePeer
{
    /// <summary>The length of a message of bare sockets, which precedes it.</summary>
    public const int HeaderBytes = 4;

    /// <summary>Runs until its input ends. Prints the port of the bare sockets when all is ready.</summary>
    public static async Task RunAsync(string directory)
    {
        using IHost host = await SiloStart.StartAsync(() =>
        {
            HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Logging.ClearProviders();
            builder.UseOrleans(silo => silo.UseStateDirectory(directory));
            return builder.Build();
        });
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        _ = Task.Run(() => ServeAsync(listener));
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
    }

    /// <summary>Fills a buffer from a socket.</summary>
    public static async Task ReceiveAsync(Socket socket, Memory<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int count = await socket.ReceiveAsync(buffer);
            buffer = count > 0 ? buffer[count..] : throw new EndOfStreamException();
        }
    }

    private static async Task ServeAsync(TcpListener listener)
    {
        while (true)
        {
            Socket socket = await listener.AcceptSocketAsync();
            socket.NoDelay = true;
            _ = Task.Run(() => AnswerAsync(socket));
        }
    }

    /// <summary>Answers each message by its length.</summary>
    private static async Task AnswerAsync(Socket socket)
    {
        byte[] header = new byte[HeaderBytes];
        while (true)
        {
            await ReceiveAsync(socket, header);
            await ReceiveAsync(socket, GC.AllocateUninitializedArray<byte>(BitConverter.ToInt32(header)));
            await socket.SendAsync(header);
        }
    }
}
