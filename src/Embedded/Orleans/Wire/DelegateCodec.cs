namespace Orleans.Serialization;

/// <summary>Values that two functions write and read.</summary>
internal sealed class DelegateCodec<T>(WireKind kind, Action<WireWriter, T> write, Func<WireReader, T> read) : Codec<T>
{
    public override WireKind Kind => kind;

    public override void Write(WireWriter writer, T value) => write(writer, value);

    public override T Read(WireReader reader) => read(reader);
}
