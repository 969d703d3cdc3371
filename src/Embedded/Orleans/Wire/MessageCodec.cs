using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>What all messages of the engine have in common as bytes: the call first, then the record's properties by the hash of their names.</summary>
internal static class MessageCodec
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Whether a field is a deadline.</summary>
    public static bool IsDeadline(FieldInfo field) => field.FieldType == typeof(DateTimeOffset) && field.Name == $"<{nameof(RequestMessage.Deadline)}>k__BackingField";

    /// <summary>The properties of a message that travel. References are found again by the reader; a receipt belongs to one node.</summary>
    public static SerializableMember[] MembersOf(Type type)
    {
        List<SerializableMember> members = [];
        for (Type level = type; level != typeof(Message); level = level.BaseType!)
        {
            members.AddRange(level.GetFields(Own)
                .Where(field => field.FieldType != typeof(List<GrainReference>) && field.FieldType != typeof(Receipt))
                .Select(field => new SerializableMember(IdSpan.Create(field.Name).StableHash(), field)));
        }

        return [.. members];
    }

    /// <summary>Gives a message the references that were met while it was read.</summary>
    public static void SetReferences(Message message, List<GrainReference>? references)
    {
        if (message is RequestMessage request)
        {
            References(request) = references;
        }
        else if (message is ResponseMessage response)
        {
            References(response) = references;
        }
    }

    /// <summary>Sets the field that no constructor sets here.</summary>
    public static void SetCall(Message message, CallId call) => Call(message) = call;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<References>k__BackingField")]
    private static extern ref List<GrainReference>? References(RequestMessage message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<References>k__BackingField")]
    private static extern ref List<GrainReference>? References(ResponseMessage message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Call>k__BackingField")]
    private static extern ref CallId Call(Message message);
}
