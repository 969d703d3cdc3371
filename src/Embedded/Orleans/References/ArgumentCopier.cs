using System.Reflection;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Copies one argument.</summary>
internal abstract class ArgumentCopier
{
    /// <summary>The copier of a parameter; null for cancellation tokens.</summary>
    public static ArgumentCopier? For(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        if (type == typeof(CancellationToken))
        {
            return null;
        }

        if (type.IsByRef)
        {
            throw new NotSupportedException($"{parameter.Member.DeclaringType}.{parameter.Member.Name}: grain methods have no ref, in or out parameters.");
        }

        return parameter.IsDefined(typeof(ImmutableAttribute)) ? new PassThrough() : Create(type);
    }

    /// <summary>The copier of a type.</summary>
    public static ArgumentCopier Create(Type type) => (ArgumentCopier)Activator.CreateInstance(typeof(Deep<>).MakeGenericType(type))!;

    public abstract object? Copy(object? value, CopyContext context);

    /// <summary>No copy; the type must still be able to travel.</summary>
    internal sealed class PassThrough : ArgumentCopier
    {
        public override object? Copy(object? value, CopyContext context)
        {
            Copiers.Require(value);
            return value;
        }
    }

    private sealed class Deep<T> : ArgumentCopier
    {
        public override object? Copy(object? value, CopyContext context) => value is null ? null : Copiers.Copy((T)value, context);
    }
}
