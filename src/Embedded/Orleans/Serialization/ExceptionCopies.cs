using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>
/// Errors travel as type, message, stack and causes, and with the [Id] members of types marked with [GenerateSerializer];
/// the other members of an error do not travel.
/// </summary>
internal static class ExceptionCopies
{
    private static readonly string Border = Environment.NewLine + "--- the caller ---" + Environment.NewLine;

    /// <summary>Copies an error.</summary>
    public static Exception Copy(Exception error, CopyContext context)
    {
        Exception copy = (Exception)RuntimeHelpers.GetUninitializedObject(error.GetType());
        Fill(copy, MessageOf(error), error.HResult, StackOf(error), error.InnerException is { } inner ? Copy(inner, context) : null);
        if (error is AggregateException aggregate)
        {
            FillCauses(Unsafe.As<AggregateException>(copy), [.. aggregate.InnerExceptions.Select(one => Copy(one, context))]);
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

    /// <summary>The message without what the type adds again at the receiver.</summary>
    public static string MessageOf(Exception error) => (error is AggregateException ? Message(error) : null) ?? error.Message;

    /// <summary>The stack up to here, with a border after the part of each process or grain; null if the error was never thrown.</summary>
    public static string? StackOf(Exception error) =>
        error.StackTrace is { } stack ? stack.EndsWith(Border, StringComparison.Ordinal) ? stack : stack + Border : null;

    /// <summary>Sets the fields of an error that was made without a constructor.</summary>
    public static void Fill(Exception copy, string message, int result, string? stack, Exception? inner)
    {
        Message(copy) = message;
        Result(copy) = result;
        RemoteStack(copy) = stack;
        Inner(copy) = inner;
    }

    /// <summary>Sets the causes of an error that was made without a constructor.</summary>
    public static void FillCauses(AggregateException copy, Exception[] causes) => Inners(copy) = causes;

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
