using System.Globalization;
using System.Text.Json;
using NSft.Collectives;

namespace NSft.Data.Reading;

/// <summary>Takes JSON values out of a stream one by one; memory holds one value, however long the file is.</summary>
/// <param name="stream">UTF-8 text without a byte order mark.</param>
/// <param name="path">Name of the file for errors.</param>
internal sealed class JsonValueReader(Stream stream, string path)
{
    /// <summary>The longest row that is read; longer ones are taken for a broken file.</summary>
    public const int MostRowBytes = 1 << 28;

    private const int FirstBufferBytes = 1 << 16;

    private byte[] _buffer = new byte[FirstBufferBytes];
    private int _start;
    private int _end;
    private bool _isFinal;
    private JsonReaderState _state;

    /// <summary>The type of the next token, which is taken; <see cref="JsonTokenType.None"/> behind the last.</summary>
    /// <param name="name">The name when the token is one of a property; empty otherwise.</param>
    /// <exception cref="UserInputException">The text is not valid JSON.</exception>
    public JsonTokenType Token(out string name)
    {
        JsonTokenType type;
        while (!TryToken(out type, out name) && !_isFinal)
        {
            Fill();
        }

        return type;
    }

    /// <summary>Takes the next value of a list or of a property.</summary>
    /// <param name="json">Its bytes, valid until the next call.</param>
    /// <returns>False when the list or object ended instead, or the text did.</returns>
    /// <exception cref="UserInputException">The text is not valid JSON.</exception>
    public bool Value(out ReadOnlySpan<byte> json)
    {
        while (true)
        {
            if (TryValue(out int length, out bool hasValue))
            {
                json = hasValue ? Taken(length).Span : default;
                return hasValue;
            }

            if (_isFinal)
            {
                json = default;
                return false;
            }

            Fill();
        }
    }

    private bool TryToken(out JsonTokenType type, out string name)
    {
        Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
        try
        {
            bool isRead = reader.Read();
            type = isRead ? reader.TokenType : JsonTokenType.None;
            name = type == JsonTokenType.PropertyName ? reader.GetString()! : "";
            Take(ref reader, isRead);
            return isRead;
        }
        catch (JsonException exception)
        {
            throw Invalid(exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new UserInputException($"{path}: a field's name is not valid Unicode", exception);
        }
    }

    private bool TryValue(out int length, out bool hasValue)
    {
        Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
        length = 0;
        hasValue = false;
        try
        {
            if (!reader.Read())
            {
                return false;
            }

            long start = reader.TokenStartIndex;
            hasValue = reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject);
            bool isWhole = !hasValue || reader.TrySkip();
            length = (int)(reader.BytesConsumed - start);
            Take(ref reader, isWhole);
            return isWhole;
        }
        catch (JsonException exception)
        {
            throw Invalid(exception);
        }
    }

    private void Take(ref Utf8JsonReader reader, bool isRead)
    {
        if (isRead)
        {
            _start += (int)reader.BytesConsumed;
            _state = reader.CurrentState;
        }
    }

    private ReadOnlyMemory<byte> Taken(int length) => _buffer.AsMemory(_start - length, length);

    private void Fill()
    {
        int rest = _end - _start;
        if (rest == _buffer.Length)
        {
            if (rest >= MostRowBytes)
            {
                throw new UserInputException($"{path}: a row is longer than {MostRowBytes >> 20} MB; the file is broken or no list of rows");
            }

            byte[] larger = new byte[_buffer.Length * 2];
            _buffer.AsSpan(_start, rest).CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_start, rest).CopyTo(_buffer);
        }

        _start = 0;
        _end = rest;
        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _isFinal = read == 0;
        _end += read;
    }

    private UserInputException Invalid(JsonException exception) => new($"{path}: not valid JSON at {Place(exception, 1)}", exception);

    /// <summary>Where a text stopped being JSON, with lines counted from <paramref name="firstLine"/>.</summary>
    public static string Place(JsonException exception, int firstLine) => string.Create(
        CultureInfo.InvariantCulture, $"line {(exception.LineNumber ?? 0) + firstLine}, position {(exception.BytePositionInLine ?? 0) + 1}");
}
