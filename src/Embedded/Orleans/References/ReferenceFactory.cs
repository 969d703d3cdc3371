using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Orleans.Runtime;

/// <summary>Makes the classes of references, one for each grain interface, at run time.</summary>
internal static class ReferenceFactory
{
    private static readonly ConcurrentDictionary<Type, Func<GrainReference>> Makers = new();
    private static readonly Lock Gate = new();
    private static readonly HashSet<string> Opened = new(StringComparer.Ordinal);
    private static readonly AssemblyBuilder Assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Orleans.References"), AssemblyBuilderAccess.Run);
    private static readonly ModuleBuilder Module = Assembly.DefineDynamicModule("Orleans.References");
    private static int s_count;

    /// <summary>A reference by an interface.</summary>
    /// <exception cref="ArgumentException">The type is no interface of grains.</exception>
    public static GrainReference Create(Type interfaceType, GrainId id, CallNode? node)
    {
        if (!interfaceType.IsInterface || !typeof(IAddressable).IsAssignableFrom(interfaceType))
        {
            throw new ArgumentException($"{interfaceType} is not a grain interface.", nameof(interfaceType));
        }

        InterfaceDescriptor descriptor = InterfaceDescriptor.Of(interfaceType);
        return Makers.GetOrAdd(interfaceType, static (_, made) => Build(made), descriptor)().Initialize(id, descriptor, node);
    }

    private static Func<GrainReference> Build(InterfaceDescriptor descriptor)
    {
        lock (Gate)
        {
            Open(typeof(GrainReference).Assembly);
            Type[] interfaces = [descriptor.Type, .. descriptor.Type.GetInterfaces()];
            foreach (Type type in interfaces.Concat(descriptor.Methods.SelectMany(method => method.ParameterTypes.Append(method.Method.ReturnType))))
            {
                OpenAll(type);
            }

            TypeBuilder builder = Module.DefineType($"{descriptor.Type.Name}Reference{s_count++}", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), interfaces);
            ConstructorInfo constructor = typeof(GrainReference).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!;
            ILGenerator code = builder.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, []).GetILGenerator();
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Call, constructor);
            code.Emit(OpCodes.Ret);
            foreach (MethodDescriptor method in descriptor.Methods)
            {
                Implement(builder, method);
            }

            Type made = builder.CreateType();
            return System.Linq.Expressions.Expression.Lambda<Func<GrainReference>>(System.Linq.Expressions.Expression.New(made)).Compile();
        }
    }

    private static void Implement(TypeBuilder builder, MethodDescriptor method)
    {
        MethodBuilder body = builder.DefineMethod(
            $"{method.Owner.Name}.{method.Index}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.Method.ReturnType,
            method.ParameterTypes);
        ILGenerator code = body.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldc_I4, method.Index);
        code.Emit(OpCodes.Ldc_I4, method.ParameterTypes.Length);
        code.Emit(OpCodes.Newarr, typeof(object));
        for (int i = 0; i < method.ParameterTypes.Length; i++)
        {
            code.Emit(OpCodes.Dup);
            code.Emit(OpCodes.Ldc_I4, i);
            code.Emit(OpCodes.Ldarg, (short)(i + 1));
            code.Emit(OpCodes.Box, method.ParameterTypes[i]);
            code.Emit(OpCodes.Stelem_Ref);
        }

        MethodInfo invoke = typeof(GrainReference).GetMethod("Invoke" + method.Kind, BindingFlags.Instance | BindingFlags.NonPublic)!;
        code.Emit(OpCodes.Call, method.ResultType is null ? invoke : invoke.MakeGenericMethod(method.ResultType));
        code.Emit(OpCodes.Ret);
        builder.DefineMethodOverride(body, method.Method);
    }

    private static void OpenAll(Type type)
    {
        Open(type.Assembly);
        foreach (Type argument in type.IsGenericType ? type.GetGenericArguments() : type.HasElementType ? [type.GetElementType()!] : [])
        {
            OpenAll(argument);
        }
    }

    /// <summary>Lets the made classes see internal types of an assembly.</summary>
    private static void Open(Assembly assembly)
    {
        string name = assembly.GetName().Name!;
        if (Opened.Add(name))
        {
            ConstructorInfo attribute = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
            Assembly.SetCustomAttribute(new CustomAttributeBuilder(attribute, [name]));
        }
    }
}
