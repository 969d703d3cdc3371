using System.Buffers;
using System.Text;

namespace NSft.Data.Parquet.Thrift;

/// <summary>Writes the Thrift compact protocol.</summary>
internal sealed class CompactWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Stack<int> _outerIds = new();
    private int _lastId;

    /// <summary>All that was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>Starts a struct: the outermost one, or an element of a list.</summary>
    public void BeginStruct()
    {
        _outerIds.Push(_lastId);
        _lastId = 0;
    }

    /// <summary>Starts a struct that is a field of the struct begun before.</summary>
    public void BeginStruct(int id)
    {
        WriteField(id, CompactType.Struct);
        BeginStruct();
    }

    /// <summary>Ends the struct begun last.</summary>
    public void EndStruct()
    {
        WriteByte((byte)CompactType.Stop);
        _lastId = _outerIds.Pop();
    }

    /// <summary>Starts a list field; its elements follow.</summary>
    public void BeginList(int id, CompactType element, int count)
    {
        WriteField(id, CompactType.List);
        if (count < 15)
        {
            WriteByte((byte)((count << 4) | (int)element));
            return;
        }

        WriteByte((byte)(0xF0 | (int)element));
        WriteVarint((ulong)count);
    }

    /// <summary>A field of 32 bits.</summary>
    public void WriteInt32(int id, int value)
    {
        WriteField(id, CompactType.Int32);
        WriteElement(value);
    }

    /// <summary>A field of 32 bits that is left out when null.</summary>
    public void WriteInt32(int id, int? value)
    {
        if (value is int number)
        {
            WriteInt32(id, number);
        }
    }

    /// <summary>A field of 64 bits.</summary>
    public void WriteInt64(int id, long value)
    {
        WriteField(id, CompactType.Int64);
        WriteElement(value);
    }

    /// <summary>A field of text.</summary>
    public void WriteText(int id, string value)
    {
        WriteField(id, CompactType.Binary);
        WriteElement(value);
    }

    /// <summary>A field that is a struct whose bytes were read from another place.</summary>
    public void WriteRawStruct(int id, ReadOnlySpan<byte> value)
    {
        WriteField(id, CompactType.Struct);
        _bytes.Write(value);
    }

    /// <summary>A number as an element of a list.</summary>
    public void WriteElement(long value) => WriteVarint((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Text as an element of a list.</summary>
    public void WriteElement(string value)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        WriteVarint((ulong)text.Length);
        _bytes.Write(text);
    }

    private void WriteField(int id, CompactType type)
    {
        int delta = id - _lastId;
        if (delta is > 0 and <= 15)
        {
            WriteByte((byte)((delta << 4) | (int)type));
        }
        else
        {
            WriteByte((byte)type);
            WriteElement(id);
        }

        _lastId = id;
    }

    private void WriteVarint(ulong value)
    {
        while (value >= 128)
        {
            WriteByte((byte)(value | 128));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    private void WriteByte(byte value) => _bytes.Write([value]);
}
