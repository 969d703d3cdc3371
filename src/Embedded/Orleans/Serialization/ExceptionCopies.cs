using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>
/// Errors travel as type, message, stack and causes, and with the [Id] members of types marked with [GenerateSerializer];
/// the other members of an error do not travel.
/// </summary>
internal static class ExceptionCopies
{
    /// <summary>Copies an error.</summary>
    public static Exception Copy(Exception error, CopyContext context)
    {
        Exception copy = (Exception)RuntimeHelpers.GetUninitializedObject(error.GetType());
        Message(copy) = error.Message;
        Result(copy) = error.HResult;
        Inner(copy) = error.InnerException is { } inner ? Copy(inner, context) : null;
        RemoteStack(copy) = error.StackTrace is { } stack ? stack + Environment.NewLine + "--- the caller ---" + Environment.NewLine : null;
        if (error is AggregateException aggregate)
        {
            Inners(Unsafe.As<AggregateException>(copy)) = [.. aggregate.InnerExceptions.Select(one => Copy(one, context))];
        }

        if (error.GetType().IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
        {
            foreach (FieldInfo field in SerializableMembers.Of(error.GetType()))
            {
                field.SetValue(copy, Copiers.CopyAny(field.GetValue(error), context));
            }
        }

        return copy;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? Message(Exception error);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? Inner(Exception error);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_remoteStackTraceString")]
    private static extern ref string? RemoteStack(Exception error);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_HResult")]
    private static extern ref int Result(Exception error);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerExceptions")]
    private static extern ref Exception[] Inners(AggregateException error);
}
