using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>Messages of one type.</summary>
internal sealed class MessageCodec<T> : Codec<T>
    where T : Message
{
    private readonly MemberTable<T> _members = new([MessageCodec.MembersOf(typeof(T))]);

    public override void Write(WireWriter writer, T value)
    {
        Codecs.Write(writer, value.Call);
        _members.Write(writer, ref value);
    }

    public override T Read(WireReader reader)
    {
        T message = (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
        CallId call = Codecs.Read<CallId>(reader);
        reader.Envelope ??= (typeof(T), call);
        MessageCodec.SetCall(message, call);
        _members.Read(reader, ref message);
        MessageCodec.SetReferences(message, reader.References);
        return message;
    }
}
