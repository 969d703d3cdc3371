using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>Copies chosen fields into a fresh object, by code compiled once; other fields keep their default.</summary>
internal sealed class FieldwiseCopier<T> : Copier<T>
{
    private delegate void FieldCopier(ref T from, ref T to, CopyContext context);

    private readonly FieldCopier _copyFields;

    public FieldwiseCopier(IReadOnlyList<FieldInfo> fields) => _copyFields = Compile(fields);

    public override T Copy(T value, CopyContext context)
    {
        T copy;
        if (typeof(T).IsValueType)
        {
            copy = default!;
        }
        else
        {
            if (context.TryGet<object>(value!, out object seen))
            {
                return (T)seen;
            }

            copy = (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
            context.Record(value!, copy!);
        }

        _copyFields(ref value, ref copy, context);
        return copy;
    }

    private static FieldCopier Compile(IReadOnlyList<FieldInfo> fields)
    {
        DynamicMethod method = new(
            "Copy" + typeof(T).Name, typeof(void), [typeof(T).MakeByRefType(), typeof(T).MakeByRefType(), typeof(CopyContext)], typeof(FieldwiseCopier<T>).Module, skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        MethodInfo copy = typeof(Copiers).GetMethod(nameof(Copiers.Copy))!;
        foreach (FieldInfo field in fields)
        {
            LoadOwner(code, 1);
            LoadOwner(code, 0);
            code.Emit(OpCodes.Ldfld, field);
            if (!SerializableMembers.IsImmutable(field) && !Declared.IsShallow(field.FieldType))
            {
                code.Emit(OpCodes.Ldarg_2);
                code.Emit(OpCodes.Call, copy.MakeGenericMethod(field.FieldType));
            }

            code.Emit(OpCodes.Stfld, field);
        }

        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<FieldCopier>();
    }

    private static void LoadOwner(ILGenerator code, int argument)
    {
        code.Emit(OpCodes.Ldarg, (short)argument);
        if (!typeof(T).IsValueType)
        {
            code.Emit(OpCodes.Ldind_Ref);
        }
    }
}
