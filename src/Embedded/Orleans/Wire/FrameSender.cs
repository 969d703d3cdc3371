using System.Net.Sockets;

namespace Orleans.Runtime;

/// <summary>Sends frames over one connection: small ones together, large blocks from where they lie.</summary>
internal sealed class FrameSender(Socket socket)
{
    /// <summary>How many bytes of small frames go out together.</summary>
    public const int BatchBytes = 64 << 10;

    private byte[]? _buffer;

    /// <summary>Sends all frames of a batch, which either is one frame or fits one buffer.</summary>
    public async ValueTask SendAsync(List<WireFrame> batch, DateTimeOffset now)
    {
        if (batch.Count == 1)
        {
            WireFrame frame = batch[0];
            frame.Stamp(now);
            await SendAllAsync(frame.Head).ConfigureAwait(false);
            foreach (ReadOnlyMemory<byte> block in frame.Blocks)
            {
                await SendAllAsync(block).ConfigureAwait(false);
            }

            return;
        }

        _buffer ??= GC.AllocateUninitializedArray<byte>(BatchBytes);
        int length = 0;
        foreach (WireFrame frame in batch)
        {
            frame.Stamp(now);
            frame.Head.CopyTo(_buffer.AsMemory(length));
            length += frame.Head.Length;
        }

        await SendAllAsync(_buffer.AsMemory(0, length)).ConfigureAwait(false);
    }

    private async ValueTask SendAllAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None).ConfigureAwait(false)..];
        }
    }
}
