namespace Orleans.Serialization;

/// <summary>The [Id] members of errors of a declared type.</summary>
internal abstract class ExceptionMembers : Codec
{
    public abstract void WriteMembers(WireWriter writer, Exception error);

    public abstract void ReadMembers(WireReader reader, Exception error);

    public sealed override void WriteObject(WireWriter writer, object value) => ExceptionCodec.Write(writer, (Exception)value);

    public sealed override object ReadObject(WireReader reader) => throw WireReader.Malformed("an error is no plain object");
}
