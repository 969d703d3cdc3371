using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Text;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>
/// The types that messages may name: the built-in ones, those with [GenerateSerializer], enums, errors, interfaces of grains and
/// the engine's messages. A name is the [Alias] or the full name, as in <c>List`1&lt;My.Record&gt;[]</c>.
/// </summary>
internal static class WireTypes
{
    private const int MaxCached = 10_000;

    /// <summary>Built-in types that have a number. Append only.</summary>
    private static readonly Type[] Common =
    [
        typeof(object), typeof(string), typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(char), typeof(int),
        typeof(uint), typeof(long), typeof(ulong), typeof(float), typeof(double), typeof(decimal), typeof(Guid), typeof(DateTime),
        typeof(DateTimeOffset), typeof(TimeSpan), typeof(byte[]), typeof(int[]), typeof(long[]), typeof(float[]), typeof(double[]),
        typeof(string[]), typeof(object[]), typeof(ReadOnlyMemory<byte>), typeof(Memory<byte>), typeof(ArraySegment<byte>), typeof(Type),
        typeof(GrainId), typeof(SiloAddress), typeof(List<string>), typeof(RequestMessage), typeof(ResponseMessage), typeof(CancelMessage), typeof(ForwardedMessage),
    ];

    private static readonly Type[] BuiltIn =
    [
        .. Common, typeof(nint), typeof(nuint), typeof(DateOnly), typeof(TimeOnly), typeof(Int128), typeof(UInt128), typeof(Half), typeof(Rune),
        typeof(BigInteger), typeof(Complex), typeof(Uri), typeof(Version), typeof(CultureInfo), typeof(CompareInfo), typeof(IPAddress),
        typeof(IPEndPoint), typeof(CancellationToken), typeof(GrainType), typeof(GrainInterfaceType), typeof(IdSpan), typeof(ActivationId),
        typeof(GrainAddress), typeof(MembershipVersion), typeof(ClusterMember), typeof(List<>), typeof(Dictionary<,>), typeof(SortedDictionary<,>),
        typeof(ConcurrentDictionary<,>), typeof(HashSet<>), typeof(SortedSet<>), typeof(Queue<>), typeof(Stack<>), typeof(Collection<>),
        typeof(ReadOnlyCollection<>), typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>), typeof(ImmutableDictionary<,>),
        typeof(Memory<>), typeof(ReadOnlyMemory<>), typeof(ArraySegment<>), typeof(Nullable<>), typeof(KeyValuePair<,>),
        typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>), typeof(Tuple<,,,,>), typeof(Tuple<,,,,,>), typeof(Tuple<,,,,,,>), typeof(Tuple<,,,,,,,>),
        typeof(ValueTuple), typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>),
        typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>), typeof(ValueTuple<,,,,,,,>),
    ];

    private static readonly Dictionary<Type, int> Numbers = Common.Select((type, index) => (type, index)).ToDictionary(pair => pair.type, pair => pair.index);
    private static readonly ConcurrentDictionary<Type, string> Names = new();
    private static readonly ConcurrentDictionary<string, Type> Known = new(StringComparer.Ordinal);
    private static readonly Lock Gate = new();
    private static Dictionary<string, Type> s_declared = [];
    private static int s_scanned = -1;

    /// <summary>Looks at the assemblies of the process now, so that the first message does not wait for it.</summary>
    public static void Prepare() => Declared();

    /// <summary>The number of a built-in type; null if it has none.</summary>
    public static int? NumberOf(Type type) => Numbers.TryGetValue(type, out int number) ? number : null;

    /// <summary>The built-in type of a number.</summary>
    public static Type Numbered(ulong number) => number < (ulong)Common.Length ? Common[number] : throw WireReader.Malformed($"type {number}");

    /// <summary>The name of a type in messages.</summary>
    /// <exception cref="CodecNotFoundException">The name leads to another type.</exception>
    public static string NameOf(Type type) => Names.GetOrAdd(type, static made =>
    {
        string name = WireTypeName.Format(made);
        return Resolve(name) == made ? name : throw new CodecNotFoundException($"The types {made.AssemblyQualifiedName} and {Resolve(name).AssemblyQualifiedName} have one name in messages; give one of them an [Alias].");
    });

    /// <summary>The type of a name in messages.</summary>
    /// <exception cref="CodecNotFoundException">No type that may travel has the name.</exception>
    public static Type Resolve(string name)
    {
        if (!Known.TryGetValue(name, out Type? type))
        {
            type = WireTypeName.Parse(name, Find);
            if (Known.Count < MaxCached)
            {
                Known[name] = type;
            }
        }

        return type;
    }

    /// <summary>The interface of grains of a name in messages; null if there is none.</summary>
    public static Type? FindInterface(string name) => Declared().GetValueOrDefault(name) is { IsInterface: true } type ? type : null;

    /// <summary>The class of errors of a full name; null if this process has none.</summary>
    public static Type? FindException(string name) => Loaded(name) is { } type && typeof(Exception).IsAssignableFrom(type) ? type : null;

    private static Type Find(string name) =>
        Declared().GetValueOrDefault(name) ?? Loaded(name)
            ?? throw new CodecNotFoundException($"Could not find a type named \"{name}\" that may travel in messages.");

    /// <summary>Enums and errors need no declaration.</summary>
    private static Type? Loaded(string name) => AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic)
        .Select(assembly => assembly.GetType(name)).FirstOrDefault(type => type is not null && (type.IsEnum || typeof(Exception).IsAssignableFrom(type)));

    private static Dictionary<string, Type> Declared()
    {
        int count = AppDomain.CurrentDomain.GetAssemblies().Length;
        if (Volatile.Read(ref s_scanned) == count)
        {
            return Volatile.Read(ref s_declared);
        }

        lock (Gate)
        {
            Dictionary<string, Type> found = new(StringComparer.Ordinal);
            foreach (Type type in BuiltIn.Where(type => !type.IsArray && !type.IsConstructedGenericType).Concat(ApplicationParts.Find().SelectMany(TypesOf).Where(IsDeclared)))
            {
                found.TryAdd(WireTypeName.Simple(type), type);
            }

            Volatile.Write(ref s_declared, found);
            Volatile.Write(ref s_scanned, count);
            return found;
        }
    }

    private static bool IsDeclared(Type type) =>
        type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)
        || (type.IsEnum && type.IsDefined(typeof(AliasAttribute)))
        || (type.IsInterface && typeof(IAddressable).IsAssignableFrom(type))
        || (typeof(Message).IsAssignableFrom(type) && !type.IsAbstract);

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException error)
        {
            return error.Types.OfType<Type>();
        }
    }
}
