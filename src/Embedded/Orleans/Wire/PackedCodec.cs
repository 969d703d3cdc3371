using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>Objects of types that never change, such as tuples: all fields in their order, nothing between them.</summary>
internal sealed class PackedCodec<T> : Codec<T>
{
    private delegate void FieldsWriter(WireWriter writer, ref T owner);

    private delegate void FieldsReader(WireReader reader, ref T owner);

    private readonly FieldsWriter _write;
    private readonly FieldsReader _read;
    private readonly bool _isEmpty;

    public PackedCodec(FieldInfo[] fields)
    {
        _isEmpty = fields.Length == 0;
        DynamicMethod write = Method<FieldsWriter>(typeof(WireWriter));
        DynamicMethod read = Method<FieldsReader>(typeof(WireReader));
        ILGenerator writing = write.GetILGenerator();
        ILGenerator reading = read.GetILGenerator();
        foreach (FieldInfo field in fields)
        {
            writing.Emit(OpCodes.Ldarg_0);
            LoadOwner(writing);
            writing.Emit(OpCodes.Ldfld, field);
            writing.Emit(OpCodes.Call, typeof(Codecs).GetMethod(nameof(Codecs.Write))!.MakeGenericMethod(field.FieldType));
            LoadOwner(reading);
            reading.Emit(OpCodes.Ldarg_0);
            reading.Emit(OpCodes.Call, typeof(Codecs).GetMethod(nameof(Codecs.Read))!.MakeGenericMethod(field.FieldType));
            reading.Emit(OpCodes.Stfld, field);
        }

        writing.Emit(OpCodes.Ret);
        reading.Emit(OpCodes.Ret);
        _write = write.CreateDelegate<FieldsWriter>();
        _read = read.CreateDelegate<FieldsReader>();
    }

    public override bool IsTracked => !typeof(T).IsValueType;

    public override void Write(WireWriter writer, T value)
    {
        if (_isEmpty)
        {
            // Counts of items are checked against the bytes that are left, so no item has none.
            writer.WriteByte(0);
        }

        _write(writer, ref value);
    }

    public override T Read(WireReader reader)
    {
        T value = default!;
        if (!typeof(T).IsValueType)
        {
            value = (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
            reader.Record(value!);
        }

        if (_isEmpty)
        {
            reader.ReadByte();
        }

        _read(reader, ref value);
        return value;
    }

    private static DynamicMethod Method<TDelegate>(Type stream) =>
        new(typeof(TDelegate).Name + typeof(T).Name, typeof(void), [stream, typeof(T).MakeByRefType()], typeof(PackedCodec<T>).Module, skipVisibility: true);

    private static void LoadOwner(ILGenerator code)
    {
        code.Emit(OpCodes.Ldarg_1);
        if (!typeof(T).IsValueType)
        {
            code.Emit(OpCodes.Ldind_Ref);
        }
    }
}
