using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Makes messages of bytes.</summary>
internal static class FrameDecoder
{
    /// <summary>
    /// Reads a message. A call or result with a value of an unknown type fails alone; anything else that cannot be read is the
    /// sender's fault.
    /// </summary>
    /// <exception cref="SerializerException">The bytes are no message.</exception>
    public static Message Decode(ReadOnlyMemory<byte> body, byte[][] blocks, DateTimeOffset made)
    {
        WireReader reader = new(body, blocks, made) { Position = WireFrame.HeaderBytes };
        try
        {
            Message message = Codecs.Read<Message?>(reader) ?? throw WireReader.Malformed("it is null");
            return reader.Left == 0 ? message : throw WireReader.Malformed($"{reader.Left} bytes are left");
        }
        catch (CodecNotFoundException error) when (reader.Envelope is { } envelope && (envelope.Type == typeof(RequestMessage) || envelope.Type == typeof(ResponseMessage)))
        {
            return new UndecodableMessage(envelope.Call, envelope.Type == typeof(RequestMessage), error);
        }
        catch (Exception error) when (error is not SerializerException)
        {
            throw new SerializerException($"A message is malformed: {error.Message}", error);
        }
    }
}
