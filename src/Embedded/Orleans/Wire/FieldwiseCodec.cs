using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>Objects by their members; other fields keep their default.</summary>
internal sealed class FieldwiseCodec<T>(IReadOnlyList<SerializableMember[]> levels) : Codec<T>
{
    private readonly MemberTable<T> _members = new(levels);

    public override bool IsTracked => !typeof(T).IsValueType;

    public override bool HasSubtypes => !typeof(T).IsSealed;

    public override void Write(WireWriter writer, T value) => _members.Write(writer, ref value);

    public override T Read(WireReader reader)
    {
        T value = default!;
        if (!typeof(T).IsValueType)
        {
            value = (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
            reader.Record(value!);
        }

        _members.Read(reader, ref value);
        return value;
    }
}
