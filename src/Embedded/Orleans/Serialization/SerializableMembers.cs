using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>Finds the members of a type that travel: those with [Id], and the constructor parameters of records.</summary>
internal static class SerializableMembers
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The fields, or backing fields of properties, base types first.</summary>
    /// <exception cref="CodecNotFoundException">A base type is not declared to travel in messages.</exception>
    public static List<FieldInfo> Of(Type type) => [.. Levels(type).SelectMany(level => level).Select(member => member.Field)];

    /// <summary>The members of a type and its base types, base types first; numbers are unique within a type.</summary>
    /// <exception cref="CodecNotFoundException">A base type is not declared to travel in messages.</exception>
    public static List<SerializableMember[]> Levels(Type type)
    {
        List<SerializableMember[]> levels = [];
        for (Type? level = type; level is not null && level != typeof(object) && level != typeof(ValueType) && level != typeof(Exception); level = level.BaseType)
        {
            if (level.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            {
                levels.Insert(0, [.. Declare(level)]);
            }
            else if (!typeof(Exception).IsAssignableFrom(level))
            {
                throw CopierFactory.NotFound(level, type);
            }
        }

        return levels;
    }

    /// <summary>Whether a field, or the property that it backs, is marked immutable.</summary>
    public static bool IsImmutable(FieldInfo field)
    {
        if (field.IsDefined(typeof(ImmutableAttribute)))
        {
            return true;
        }

        int end = field.Name.IndexOf(">k__BackingField", StringComparison.Ordinal);
        return end > 0 && (field.DeclaringType!.GetProperty(field.Name[1..end], Own)?.IsDefined(typeof(ImmutableAttribute)) ?? false);
    }

    private static IEnumerable<SerializableMember> Declare(Type level)
    {
        string[] parameters = PrimaryConstructorParameters(level);
        foreach (FieldInfo field in level.GetFields(Own).Where(field => field.IsDefined(typeof(IdAttribute))))
        {
            yield return new SerializableMember(Key(field.GetCustomAttribute<IdAttribute>()!.Id, isParameter: false), field);
        }

        foreach (PropertyInfo property in level.GetProperties(Own))
        {
            uint? id = property.GetCustomAttribute<IdAttribute>()?.Id;
            int position = Array.IndexOf(parameters, property.Name);
            if ((id is not null || position >= 0) && level.GetField($"<{property.Name}>k__BackingField", Own) is { } backing)
            {
                yield return new SerializableMember(id is not null ? Key(id.Value, isParameter: false) : Key((uint)position, isParameter: true), backing);
            }
        }
    }

    /// <summary>Parameters without an [Id] have their positions as numbers.</summary>
    private static ulong Key(uint id, bool isParameter) => ((ulong)id << 1) | (isParameter ? 1u : 0);

    /// <summary>A positional record has a compiler-made Deconstruct with the parameters of its primary constructor.</summary>
    private static string[] PrimaryConstructorParameters(Type level)
    {
        MethodInfo? deconstruct = level.GetMethods(Own).FirstOrDefault(method =>
            method.Name == "Deconstruct" && method.IsDefined(typeof(CompilerGeneratedAttribute)));
        bool isRecord = level.GetMethods(Own).Any(method => method.Name is "PrintMembers" && method.GetParameters().Length == 1);
        return isRecord && deconstruct is not null ? [.. deconstruct.GetParameters().Select(parameter => parameter.Name!)] : [];
    }
}
