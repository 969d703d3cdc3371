namespace Orleans.Serialization;

/// <summary>A byte that says whether a value follows.</summary>
internal sealed class NullableCodec<T> : Codec<T?>
    where T : struct
{
    public override void Write(WireWriter writer, T? value)
    {
        writer.WriteByte(value is null ? (byte)0 : (byte)1);
        if (value is { } some)
        {
            Codecs.Write(writer, some);
        }
    }

    public override T? Read(WireReader reader) => reader.ReadByte() switch
    {
        0 => null,
        1 => Codecs.Read<T>(reader),
        _ => throw WireReader.Malformed("a nullable value"),
    };
}
