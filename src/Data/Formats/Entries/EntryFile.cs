using System.Buffers;
using System.Text.Json;
using NSft.Data.Formats.Rows;

namespace NSft.Data.Formats.Entries;

/// <summary>Writes the entries of an object or the rows of a list, one a line.</summary>
internal sealed class EntryFile(Stream stream)
{
    private readonly ArrayBufferWriter<byte> _row = new();

    /// <summary>How many were written.</summary>
    public int Count { get; private set; }

    /// <summary>Writes an entry, or a row where it has no key.</summary>
    public void Raw(string? key, ReadOnlySpan<byte> json) => Entry(key, writer => { }, json);

    /// <summary>Writes an entry, or a row where it has no key; nothing is written when the callback throws.</summary>
    public void Entry(string? key, Action<Utf8JsonWriter> write) => Entry(key, write, default);

    private void Entry(string? key, Action<Utf8JsonWriter> write, ReadOnlySpan<byte> json)
    {
        _row.ResetWrittenCount();
        if (json.IsEmpty)
        {
            using Utf8JsonWriter writer = new(_row, JsonText.Options);
            write(writer);
        }
        else
        {
            JsonText.WriteCompact(_row, json);
        }

        stream.Write(Count == 0 ? "\n"u8 : ",\n"u8);
        if (key is not null)
        {
            JsonSerializer.Serialize(stream, key);
            stream.Write(": "u8);
        }

        stream.Write(_row.WrittenSpan);
        Count++;
    }
}
