namespace Orleans.Serialization;

/// <summary>Writes and reads values of one run-time type as bytes.</summary>
internal abstract class Codec<T> : Codec
{
    /// <summary>Writes a value that is not null.</summary>
    public abstract void Write(WireWriter writer, T value);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public abstract T Read(WireReader reader);

    public sealed override void WriteObject(WireWriter writer, object value) => Write(writer, (T)value);

    public sealed override object ReadObject(WireReader reader) => Read(reader)!;
}
