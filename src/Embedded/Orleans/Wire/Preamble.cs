using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>What both sides of a connection say before messages follow.</summary>
/// <param name="Status">Whether the answering side takes the connection.</param>
/// <param name="Lane">The messages that the connection is for.</param>
/// <param name="Epoch">Rises with each set of connections that the sender makes.</param>
/// <param name="Generation">The generation that is expected of the receiver; 0 for any.</param>
/// <param name="ClusterId">The sender's cluster.</param>
/// <param name="Address">The sender.</param>
internal sealed record Preamble(PreambleStatus Status, MessageLane Lane, long Epoch, int Generation, string ClusterId, SiloAddress Address)
{
    private const uint Magic = 0x5046534E;
    private const byte Version = 1;
    private const int MaxBytes = 4096;
    private const int HeaderBytes = 8;

    /// <summary>Sends a preamble.</summary>
    public async Task SendAsync(Socket socket, CancellationToken cancellationToken)
    {
        byte[] bytes = ToBytes();
        for (int sent = 0; sent < bytes.Length;)
        {
            sent += await socket.SendAsync(bytes.AsMemory(sent), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Receives a preamble, and no byte more.</summary>
    /// <exception cref="SerializerException">The bytes are no preamble.</exception>
    public static async Task<Preamble> ReceiveAsync(Socket socket, CancellationToken cancellationToken)
    {
        byte[] header = new byte[HeaderBytes];
        await ReceiveAllAsync(socket, header, cancellationToken).ConfigureAwait(false);
        int length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic || length is < 0 or > MaxBytes)
        {
            throw WireReader.Malformed("it is no preamble");
        }

        byte[] body = new byte[length];
        await ReceiveAllAsync(socket, body, cancellationToken).ConfigureAwait(false);
        return Parse(body);
    }

    /// <summary>What a node answers to this preamble.</summary>
    public PreambleStatus JudgeBy(string clusterId, int generation, bool isSevered) =>
        Status == PreambleStatus.OtherVersion ? PreambleStatus.OtherVersion
        : ClusterId != clusterId ? PreambleStatus.OtherCluster
        : isSevered ? PreambleStatus.DeclaredDead
        : Generation != 0 && Generation != generation ? PreambleStatus.OtherGeneration
        : PreambleStatus.Accepted;

    private static async Task ReceiveAllAsync(Socket socket, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (buffer.Length > 0)
        {
            int count = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            buffer = buffer[count..];
        }
    }

    private static Preamble Parse(byte[] body)
    {
        try
        {
            using BinaryReader reader = new(new MemoryStream(body), Encoding.UTF8);
            byte version = reader.ReadByte();
            PreambleStatus status = (PreambleStatus)reader.ReadByte();
            MessageLane lane = (MessageLane)reader.ReadByte();
            long epoch = reader.ReadInt64();
            int generation = reader.ReadInt32();
            string cluster = reader.ReadString();
            SiloAddress address = SiloAddress.FromParsableString(reader.ReadString());
            return lane is < MessageLane.Control or > MessageLane.Responses
                ? throw WireReader.Malformed($"lane {(int)lane}")
                : new Preamble(version == Version ? status : PreambleStatus.OtherVersion, lane, epoch, generation, cluster, address);
        }
        catch (Exception error) when (error is IOException or FormatException or ArgumentException)
        {
            throw new SerializerException("A preamble is malformed.", error);
        }
    }

    private byte[] ToBytes()
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(0);
        writer.Write(Version);
        writer.Write((byte)Status);
        writer.Write((byte)Lane);
        writer.Write(Epoch);
        writer.Write(Generation);
        writer.Write(ClusterId);
        writer.Write(Address.ToParsableString());
        writer.Flush();
        byte[] result = bytes.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(4), result.Length - HeaderBytes);
        return result;
    }
}
