using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>Decides how values of a type are copied.</summary>
internal static class CopierFactory
{
    private static readonly HashSet<Type> Shallow =
    [
        typeof(object), typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan),
        typeof(DateOnly), typeof(TimeOnly), typeof(Int128), typeof(UInt128), typeof(Half), typeof(Rune), typeof(BigInteger), typeof(Complex),
        typeof(Uri), typeof(Version), typeof(CultureInfo), typeof(CompareInfo), typeof(IPAddress), typeof(IPEndPoint), typeof(CancellationToken),
        typeof(GrainId), typeof(GrainType), typeof(GrainInterfaceType), typeof(IdSpan), typeof(ActivationId), typeof(GrainAddress),
        typeof(SiloAddress), typeof(MembershipVersion), typeof(ClusterMember),
    ];

    private static readonly Dictionary<Type, Type> Generic = new()
    {
        [typeof(List<>)] = typeof(ListCopier<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryCopier<,>),
        [typeof(SortedDictionary<,>)] = typeof(SortedDictionaryCopier<,>),
        [typeof(ConcurrentDictionary<,>)] = typeof(ConcurrentDictionaryCopier<,>),
        [typeof(HashSet<>)] = typeof(HashSetCopier<>),
        [typeof(SortedSet<>)] = typeof(SortedSetCopier<>),
        [typeof(Queue<>)] = typeof(QueueCopier<>),
        [typeof(Stack<>)] = typeof(StackCopier<>),
        [typeof(Collection<>)] = typeof(CollectionCopier<>),
        [typeof(ReadOnlyCollection<>)] = typeof(ReadOnlyCollectionCopier<>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayCopier<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListCopier<>),
        [typeof(ImmutableHashSet<>)] = typeof(ImmutableHashSetCopier<>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryCopier<,>),
        [typeof(Memory<>)] = typeof(MemoryCopier<>),
        [typeof(ReadOnlyMemory<>)] = typeof(ReadOnlyMemoryCopier<>),
        [typeof(ArraySegment<>)] = typeof(ArraySegmentCopier<>),
        [typeof(Nullable<>)] = typeof(NullableCopier<>),
    };

    /// <summary>Makes the copier of a run-time type.</summary>
    /// <exception cref="CodecNotFoundException">The type is not declared to travel in messages.</exception>
    public static Copier Create(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || Shallow.Contains(type) || typeof(Type).IsAssignableFrom(type) || typeof(IPAddress).IsAssignableFrom(type))
        {
            return Make(typeof(ShallowCopier<>), type);
        }

        if (type.IsArray)
        {
            Type element = type.GetElementType()!;
            Declared.Require(element, type);
            return type.GetArrayRank() == 1 ? Make(typeof(ArrayCopier<>), element) : Make(typeof(RankedArrayCopier<,>), type, element);
        }

        if (typeof(GrainReference).IsAssignableFrom(type))
        {
            return Make(typeof(ReferenceCopier<>), type);
        }

        if (type.IsConstructedGenericType && CreateGeneric(type) is { } generic)
        {
            return generic;
        }

        if (typeof(Exception).IsAssignableFrom(type))
        {
            return Make(typeof(ExceptionCopier<>), type);
        }

        if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
        {
            throw NotFound(type);
        }

        return CreateGenerated(type);
    }

    /// <summary>The error for a type that is not declared to travel.</summary>
    public static CodecNotFoundException NotFound(Type type, Type? owner = null) => new(
        $"Could not find a copier for type {type}{(owner is null ? "" : $", needed by {owner}")}. Mark the type with [GenerateSerializer] and its members with [Id].");

    private static Copier? CreateGeneric(Type type)
    {
        Type definition = type.GetGenericTypeDefinition();
        Type[] arguments = type.GetGenericArguments();
        bool isTuple = typeof(ITuple).IsAssignableFrom(type) && type.Namespace == "System" || definition == typeof(KeyValuePair<,>);
        if (!isTuple && definition != typeof(Immutable<>) && !Generic.ContainsKey(definition))
        {
            return null;
        }

        foreach (Type argument in arguments)
        {
            Declared.Require(argument, type);
        }

        if (Generic.TryGetValue(definition, out Type? copier))
        {
            return Make(copier, arguments);
        }

        return definition == typeof(Immutable<>)
            ? Make(typeof(ShallowCopier<>), type)
            : CreateFieldwise(type, type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic));
    }

    private static Copier CreateGenerated(Type type)
    {
        List<FieldInfo> fields = SerializableMembers.Of(type);
        foreach (FieldInfo field in fields)
        {
            Declared.Require(field.FieldType, type);
        }

        return type.IsDefined(typeof(ImmutableAttribute), inherit: false) ? Make(typeof(ShallowCopier<>), type) : CreateFieldwise(type, fields);
    }

    private static Copier CreateFieldwise(Type type, IReadOnlyList<FieldInfo> fields)
    {
        bool allFields = type.IsValueType && type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Length == fields.Count;
        return allFields && fields.All(field => SerializableMembers.IsImmutable(field) || Declared.IsShallow(field.FieldType))
            ? Make(typeof(ShallowCopier<>), type)
            : (Copier)Activator.CreateInstance(typeof(FieldwiseCopier<>).MakeGenericType(type), fields)!;
    }

    private static Copier Make(Type definition, params Type[] arguments) => (Copier)Activator.CreateInstance(definition.MakeGenericType(arguments))!;
}
