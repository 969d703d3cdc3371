using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>Finds the members of a type that travel: those with [Id], and the constructor parameters of records.</summary>
internal static class SerializableMembers
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The fields, or backing fields of properties, base types first.</summary>
    /// <exception cref="CodecNotFoundException">A base type is not declared to travel in messages.</exception>
    public static List<FieldInfo> Of(Type type)
    {
        List<FieldInfo> fields = [];
        for (Type? level = type; level is not null && level != typeof(object) && level != typeof(ValueType) && level != typeof(Exception); level = level.BaseType)
        {
            if (level.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            {
                fields.InsertRange(0, Declare(level));
            }
            else if (!typeof(Exception).IsAssignableFrom(level))
            {
                throw CopierFactory.NotFound(level, type);
            }
        }

        return fields;
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

    private static IEnumerable<FieldInfo> Declare(Type level)
    {
        HashSet<string> parameters = PrimaryConstructorParameters(level);
        foreach (FieldInfo field in level.GetFields(Own).Where(field => field.IsDefined(typeof(IdAttribute))))
        {
            yield return field;
        }

        foreach (PropertyInfo property in level.GetProperties(Own))
        {
            if (property.IsDefined(typeof(IdAttribute)) || parameters.Contains(property.Name))
            {
                FieldInfo? backing = level.GetField($"<{property.Name}>k__BackingField", Own);
                if (backing is not null)
                {
                    yield return backing;
                }
            }
        }
    }

    /// <summary>A positional record has a compiler-made Deconstruct with the parameters of its primary constructor.</summary>
    private static HashSet<string> PrimaryConstructorParameters(Type level)
    {
        MethodInfo? deconstruct = level.GetMethods(Own).FirstOrDefault(method =>
            method.Name == "Deconstruct" && method.IsDefined(typeof(CompilerGeneratedAttribute)));
        bool isRecord = level.GetMethods(Own).Any(method => method.Name is "PrintMembers" && method.GetParameters().Length == 1);
        return isRecord && deconstruct is not null ? [.. deconstruct.GetParameters().Select(parameter => parameter.Name!)] : [];
    }
}
