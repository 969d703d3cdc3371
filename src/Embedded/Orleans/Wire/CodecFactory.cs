using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>Decides how values of a type become bytes. What has no copier has no codec.</summary>
internal static class CodecFactory
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Types of the engine all of whose fields travel.</summary>
    private static readonly HashSet<Type> Packed =
    [
        typeof(CallId), typeof(GrainId), typeof(GrainType), typeof(GrainInterfaceType), typeof(ActivationId), typeof(GrainAddress),
        typeof(MembershipVersion), typeof(ClusterMember),
    ];

    /// <summary>Numbers all of whose bit patterns are valid; arrays of them travel as they lie in memory.</summary>
    private static readonly HashSet<Type> Blittable =
    [
        typeof(sbyte), typeof(short), typeof(ushort), typeof(char), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(float),
        typeof(double), typeof(Half), typeof(Int128), typeof(UInt128), typeof(Complex), typeof(Guid),
    ];

    private static readonly Dictionary<Type, Type> Generic = new()
    {
        [typeof(List<>)] = typeof(CollectionCodecs.OfList<>),
        [typeof(Dictionary<,>)] = typeof(CollectionCodecs.OfDictionary<,>),
        [typeof(SortedDictionary<,>)] = typeof(CollectionCodecs.OfSortedDictionary<,>),
        [typeof(ConcurrentDictionary<,>)] = typeof(CollectionCodecs.OfConcurrentDictionary<,>),
        [typeof(HashSet<>)] = typeof(CollectionCodecs.OfHashSet<>),
        [typeof(SortedSet<>)] = typeof(CollectionCodecs.OfSortedSet<>),
        [typeof(Queue<>)] = typeof(CollectionCodecs.OfQueue<>),
        [typeof(Stack<>)] = typeof(CollectionCodecs.OfStack<>),
        [typeof(Collection<>)] = typeof(CollectionCodecs.OfCollection<>),
        [typeof(ReadOnlyCollection<>)] = typeof(FrozenCodecs.OfReadOnlyCollection<>),
        [typeof(ImmutableArray<>)] = typeof(BlockCodecs.ImmutableArray<>),
        [typeof(ImmutableList<>)] = typeof(FrozenCodecs.OfImmutableList<>),
        [typeof(ImmutableHashSet<>)] = typeof(FrozenCodecs.OfImmutableHashSet<>),
        [typeof(ImmutableDictionary<,>)] = typeof(FrozenCodecs.OfImmutableDictionary<,>),
        [typeof(Memory<>)] = typeof(BlockCodecs.Memory<>),
        [typeof(ReadOnlyMemory<>)] = typeof(BlockCodecs.ReadOnlyMemory<>),
        [typeof(ArraySegment<>)] = typeof(BlockCodecs.ArraySegment<>),
        [typeof(Nullable<>)] = typeof(NullableCodec<>),
    };

    /// <summary>Makes the codec of a run-time type.</summary>
    /// <exception cref="CodecNotFoundException">The type is not declared to travel in messages.</exception>
    public static Codec Create(Type type)
    {
        if (Packed.Contains(type))
        {
            return CreatePacked(type);
        }

        if (typeof(Message).IsAssignableFrom(type))
        {
            return Make(typeof(MessageCodec<>), type);
        }

        Copiers.For(type);
        if (ScalarCodecs.All.TryGetValue(type, out Codec? scalar))
        {
            return scalar;
        }

        if (type.IsEnum)
        {
            return Make(typeof(EnumCodec<>), type);
        }

        if (type.IsArray)
        {
            return CreateArray(type, type.GetElementType()!);
        }

        if (type.IsConstructedGenericType && Generic.TryGetValue(type.GetGenericTypeDefinition(), out Type? codec))
        {
            return Make(codec, type.GetGenericArguments());
        }

        if (typeof(ITuple).IsAssignableFrom(type) && type.Namespace == "System" || type.Name == typeof(KeyValuePair<,>).Name && type.Namespace == typeof(KeyValuePair<,>).Namespace)
        {
            return CreatePacked(type);
        }

        Type definition = typeof(Exception).IsAssignableFrom(type) ? typeof(ExceptionMembers<>) : typeof(FieldwiseCodec<>);
        return (Codec)Activator.CreateInstance(definition.MakeGenericType(type), SerializableMembers.Levels(type))!;
    }

    private static Codec CreateArray(Type type, Type element) =>
        type.GetArrayRank() > 1 ? Make(typeof(ArrayCodecs.Ranked<,>), type, element)
        : element == typeof(byte) ? new ArrayCodecs.Bytes()
        : Blittable.Contains(element) ? Make(typeof(ArrayCodecs.Blit<>), element)
        : Make(typeof(ArrayCodecs.Any<>), element);

    private static Codec CreatePacked(Type type) =>
        (Codec)Activator.CreateInstance(typeof(PackedCodec<>).MakeGenericType(type), [type.GetFields(Fields)])!;

    private static Codec Make(Type definition, params Type[] arguments) => (Codec)Activator.CreateInstance(definition.MakeGenericType(arguments))!;
}
