namespace Orleans.Serialization;

/// <summary>The [Id] members of errors of a declared type.</summary>
internal sealed class ExceptionMembers<T>(IReadOnlyList<SerializableMember[]> levels) : ExceptionMembers
    where T : Exception
{
    private readonly MemberTable<T> _members = new(levels);

    public override void WriteMembers(WireWriter writer, Exception error)
    {
        T owner = (T)error;
        _members.Write(writer, ref owner);
    }

    public override void ReadMembers(WireReader reader, Exception error)
    {
        T owner = (T)error;
        _members.Read(reader, ref owner);
    }
}
