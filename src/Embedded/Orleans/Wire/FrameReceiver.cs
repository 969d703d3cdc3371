using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>
/// Receives messages from one connection, as fast as their room allows. Large blocks go from the socket into their final arrays.
/// </summary>
/// <param name="socket">The connection.</param>
/// <param name="options">The bounds.</param>
/// <param name="blocks">Whether to wait for bytes on the calling thread.</param>
internal sealed class FrameReceiver(Socket socket, SocketTransportOptions options, bool blocks)
{
    private const int BufferBytes = 64 << 10;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
    private readonly ReceiveWindow _window = new(options.MaxUnprocessedBytes);
    private int _begin;
    private int _end;

    /// <summary>Delivers messages until the other side closes the connection between two of them.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    /// <exception cref="SerializerException">What came was no message.</exception>
    public async Task RunAsync(Action<Message> deliver)
    {
        while (await FillAsync(WireFrame.HeaderBytes).ConfigureAwait(false))
        {
            (int length, int blockCount, long waited) = ReadHeader();
            byte[]? rented = null;
            try
            {
                ReadOnlyMemory<byte> head;
                if (length <= BufferBytes)
                {
                    await FillAsync(length).ConfigureAwait(false);
                    head = _buffer.AsMemory(_begin, length);
                    _begin += length;
                }
                else
                {
                    rented = ArrayPool<byte>.Shared.Rent(length);
                    await ReceiveAsync(rented.AsMemory(0, length)).ConfigureAwait(false);
                    head = rented.AsMemory(0, length);
                }

                (byte[][] blocks, long bytes) = await ReceiveBlocksAsync(head, blockCount).ConfigureAwait(false);
                Message message = FrameDecoder.Decode(head[..^(4 * blockCount)], blocks, options.Time.GetUtcNow().AddTicks(-waited));
                if (message is RequestMessage request)
                {
                    request.Receipt = _window.Take(length + bytes);
                }

                deliver(message);
            }
            finally
            {
                if (rented is not null)
                {
                    ArrayPool<byte>.Shared.Return(rented);
                }
            }

            await _window.RoomAsync().ConfigureAwait(false);
        }
    }

    private (int Length, int BlockCount, long Waited) ReadHeader()
    {
        ReadOnlySpan<byte> header = _buffer.AsSpan(_begin);
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(header);
        int length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        int blockCount = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        long waited = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        bool isValid = magic == WireFrame.Magic && length >= WireFrame.HeaderBytes && length <= options.MaxMessageBytes
            && blockCount >= 0 && blockCount <= (length - WireFrame.HeaderBytes) / 4 && waited is >= 0 and < TimeSpan.TicksPerDay * 365;
        return isValid ? (length, blockCount, waited) : throw WireReader.Malformed("its header is none");
    }

    private async ValueTask<(byte[][] Blocks, long Bytes)> ReceiveBlocksAsync(ReadOnlyMemory<byte> head, int count)
    {
        if (count == 0)
        {
            return ([], 0);
        }

        byte[][] blocks = new byte[count][];
        long total = head.Length;
        for (int i = 0; i < count; i++)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(head.Span[^(4 * (count - i))..]);
            total += length;
            if (length < 0 || total > options.MaxMessageBytes)
            {
                throw WireReader.Malformed($"a block of {length} bytes");
            }

            blocks[i] = GC.AllocateUninitializedArray<byte>(length);
            await ReceiveAsync(blocks[i]).ConfigureAwait(false);
        }

        return (blocks, total - head.Length);
    }

    /// <summary>Receives bytes into their place: what is in the buffer already, then from the socket.</summary>
    private async ValueTask ReceiveAsync(Memory<byte> place)
    {
        int buffered = Math.Min(place.Length, _end - _begin);
        _buffer.AsSpan(_begin, buffered).CopyTo(place.Span);
        _begin += buffered;
        place = place[buffered..];
        while (place.Length > 0)
        {
            int count = await ReceiveSomeAsync(place).ConfigureAwait(false);
            place = count > 0 ? place[count..] : throw Cut();
        }
    }

    /// <summary>Waits until the buffer has a number of bytes; false if the connection was closed before the first of them.</summary>
    private async ValueTask<bool> FillAsync(int wanted)
    {
        if (_begin == _end)
        {
            _begin = _end = 0;
        }
        else if (_begin + wanted > BufferBytes)
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            _end -= _begin;
            _begin = 0;
        }

        while (_end - _begin < wanted)
        {
            int count = await ReceiveSomeAsync(_buffer.AsMemory(_end)).ConfigureAwait(false);
            if (count == 0)
            {
                return _begin == _end ? false : throw Cut();
            }

            _end += count;
        }

        return true;
    }

    private ValueTask<int> ReceiveSomeAsync(Memory<byte> place) =>
        blocks ? ValueTask.FromResult(socket.Receive(place.Span, SocketFlags.None)) : socket.ReceiveAsync(place, SocketFlags.None);

    private static SocketException Cut() => new((int)SocketError.ConnectionReset);
}
