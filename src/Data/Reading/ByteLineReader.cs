using System.Buffers;
using NSft.Collectives;

namespace NSft.Data.Reading;

/// <summary>Reads a stream line by line as bytes, so that a line that is not UTF-8 stays one bad line.</summary>
/// <param name="stream">The text.</param>
/// <param name="path">Name of the file for errors.</param>
internal sealed class ByteLineReader(Stream stream, string path)
{
    private const int BufferBytes = 1 << 16;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private bool _isAtStart = true;

    /// <summary>The next line without its line feed, or null at the end.</summary>
    /// <exception cref="UserInputException">The line is longer than any row.</exception>
    public byte[]? ReadLine()
    {
        ArrayBufferWriter<byte> line = new();
        bool hasBytes = false;
        while (true)
        {
            if (_start == _end && !Fill())
            {
                return hasBytes ? Clean(line) : null;
            }

            hasBytes = true;
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
            int feed = rest.IndexOf((byte)'\n');
            if (feed >= 0)
            {
                line.Write(rest[..feed]);
                _start += feed + 1;
                return Clean(line);
            }

            line.Write(rest);
            _start = _end;
            if (line.WrittenCount > JsonValueReader.MostRowBytes)
            {
                throw new UserInputException($"{path}: a line is longer than {JsonValueReader.MostRowBytes >> 20} MB; the file is broken or no list of rows");
            }
        }
    }

    private bool Fill()
    {
        _start = 0;
        _end = stream.Read(_buffer, 0, _buffer.Length);
        return _end > 0;
    }

    private byte[] Clean(ArrayBufferWriter<byte> line)
    {
        ReadOnlySpan<byte> bytes = line.WrittenSpan;
        if (_isAtStart && bytes.StartsWith(JsonRowSource.ByteOrderMark))
        {
            bytes = bytes[JsonRowSource.ByteOrderMark.Length..];
        }

        _isAtStart = false;
        return bytes.TrimEnd((byte)'\r').ToArray();
    }
}
