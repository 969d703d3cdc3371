using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NSft.Data.Formats.Rows;

/// <summary>JSON text as it is written: one line a row, letters as letters.</summary>
internal static class JsonText
{
    /// <summary>How rows are written.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a value without the white space between its tokens and with everything else as it is.</summary>
    public static void WriteCompact(IBufferWriter<byte> target, ReadOnlySpan<byte> json)
    {
        Span<byte> room = target.GetSpan(json.Length);
        int length = 0;
        bool isText = false;
        for (int index = 0; index < json.Length; index++)
        {
            byte letter = json[index];
            if (!isText && letter is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                continue;
            }

            room[length++] = letter;
            if (letter == (byte)'"')
            {
                isText = !isText;
            }
            else if (isText && letter == (byte)'\\')
            {
                index++;
                room[length++] = json[index];
            }
        }

        target.Advance(length);
    }

    /// <summary>Writes a value that is known to be valid JSON, on one line.</summary>
    public static void WriteRaw(Utf8JsonWriter writer, ReadOnlySpan<byte> json)
    {
        ArrayBufferWriter<byte> compact = new(Math.Max(1, json.Length));
        WriteCompact(compact, json);
        writer.WriteRawValue(compact.WrittenSpan, skipInputValidation: true);
    }

    /// <summary>Writes a value that is known to be valid JSON, on one line.</summary>
    public static void WriteRaw(Utf8JsonWriter writer, string json) => WriteRaw(writer, Encoding.UTF8.GetBytes(json));
}
