using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Serialization;

/// <summary>
/// Writes and reads the members of objects of a type by code compiled once. Each level of inheritance is a run of members with
/// their keys, closed by a zero; empty members are left out, unknown ones are passed over.
/// </summary>
internal sealed class MemberTable<T>
{
    private delegate void MembersWriter(WireWriter writer, ref T owner);

    private delegate void MemberReader(WireReader reader, ref T owner);

    private readonly MembersWriter _write;
    private readonly Dictionary<ulong, MemberReader>[] _levels;

    public MemberTable(IReadOnlyList<SerializableMember[]> levels)
    {
        _write = CompileWriter(levels);
        _levels = [.. levels.Select(level => level.GroupBy(member => member.Key).ToDictionary(same => same.Key, same => same.Count() == 1
            ? CompileReader(same.First())
            : throw new SerializerException($"{typeof(T)} has two members with the number {same.Key >> 1} at one level of inheritance.")))];
    }

    public void Write(WireWriter writer, ref T owner) => _write(writer, ref owner);

    public void Read(WireReader reader, ref T owner)
    {
        foreach (Dictionary<ulong, MemberReader> level in _levels)
        {
            while (reader.ReadVarint() is var key && key != 0)
            {
                if (level.TryGetValue((key >> 3) - 1, out MemberReader? read))
                {
                    reader.MemberKind = (WireKind)(key & 7);
                    read(reader, ref owner);
                }
                else
                {
                    reader.Skip((WireKind)(key & 7));
                }
            }
        }
    }

    private static MembersWriter CompileWriter(IReadOnlyList<SerializableMember[]> levels)
    {
        DynamicMethod method = new("Write" + typeof(T).Name, typeof(void), [typeof(WireWriter), typeof(T).MakeByRefType()], typeof(MemberTable<T>).Module, skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        foreach (SerializableMember[] level in levels)
        {
            foreach (SerializableMember member in level)
            {
                code.Emit(OpCodes.Ldarg_0);
                code.Emit(OpCodes.Ldc_I8, (long)((member.Key + 1) << 3));
                LoadOwner(code);
                code.Emit(OpCodes.Ldfld, member.Field);
                code.Emit(OpCodes.Call, Adapter(member, nameof(Members.Write), nameof(Members.WriteDeadline)));
            }

            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldc_I4_0);
            code.Emit(OpCodes.Call, typeof(WireWriter).GetMethod(nameof(WireWriter.WriteByte))!);
        }

        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<MembersWriter>();
    }

    private static MemberReader CompileReader(SerializableMember member)
    {
        DynamicMethod method = new("Read" + member.Field.Name, typeof(void), [typeof(WireReader), typeof(T).MakeByRefType()], typeof(MemberTable<T>).Module, skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        LoadOwner(code);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, Adapter(member, nameof(Members.Read), nameof(Members.ReadDeadline)));
        code.Emit(OpCodes.Stfld, member.Field);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<MemberReader>();
    }

    private static MethodInfo Adapter(SerializableMember member, string name, string deadlineName) => MessageCodec.IsDeadline(member.Field)
        ? typeof(Members).GetMethod(deadlineName)!
        : typeof(Members).GetMethod(name)!.MakeGenericMethod(member.Field.FieldType);

    private static void LoadOwner(ILGenerator code)
    {
        code.Emit(OpCodes.Ldarg_1);
        if (!typeof(T).IsValueType)
        {
            code.Emit(OpCodes.Ldind_Ref);
        }
    }
}
