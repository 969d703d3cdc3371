using System.Reflection;

namespace Orleans.Runtime;

/// <summary>The grain classes of the process: those of all assemblies that use this one, loaded or referenced by the program.</summary>
internal sealed class GrainManifest
{
    private static readonly Lock Gate = new();
    private static GrainManifest s_current = new([]);

    private readonly HashSet<Assembly> _assemblies;
    private readonly Dictionary<GrainType, GrainClass> _byType = [];
    private readonly Dictionary<Type, List<GrainClass>> _byInterface = [];
    private readonly Dictionary<string, Type> _interfaces = new(StringComparer.Ordinal);

    private GrainManifest(HashSet<Assembly> assemblies)
    {
        _assemblies = assemblies;
        foreach (Type type in assemblies.SelectMany(LoadableTypes).Where(IsGrainClass))
        {
            GrainClass grain = new(type);
            if (!_byType.TryAdd(grain.GrainType, grain))
            {
                throw new OrleansConfigurationException($"{type} and {_byType[grain.GrainType].Type} are both the grain type \"{grain.GrainType}\"; give one of them a [GrainType].");
            }

            foreach (Type one in type.GetInterfaces().Where(one => typeof(IAddressable).IsAssignableFrom(one)))
            {
                (_byInterface.TryGetValue(one, out List<GrainClass>? classes) ? classes : _byInterface[one] = []).Add(grain);
                _interfaces[InterfaceDescriptor.NameOf(one)] = one;
            }
        }

        _interfaces[InterfaceDescriptor.NameOf(typeof(Core.Internal.IGrainManagementExtension))] = typeof(Core.Internal.IGrainManagementExtension);
    }

    /// <summary>The manifest as of the last <see cref="Refresh"/>.</summary>
    public static GrainManifest Current => Volatile.Read(ref s_current);

    /// <summary>Looks for assemblies that were loaded since.</summary>
    public static GrainManifest Refresh()
    {
        lock (Gate)
        {
            HashSet<Assembly> found = ApplicationParts.Find();
            if (!found.IsSubsetOf(s_current._assemblies))
            {
                found.UnionWith(s_current._assemblies);
                Volatile.Write(ref s_current, new GrainManifest(found));
            }

            return s_current;
        }
    }

    /// <summary>The class of a grain type; null if there is none.</summary>
    public GrainClass? Find(GrainType type) => _byType.GetValueOrDefault(type);

    /// <summary>The interface of a name in messages; null if there is none.</summary>
    public InterfaceDescriptor? Interface(string name) => _interfaces.TryGetValue(name, out Type? type) ? InterfaceDescriptor.Of(type) : null;

    /// <summary>The one class that implements an interface.</summary>
    /// <exception cref="ArgumentException">There is none, or several.</exception>
    public GrainClass Implementation(Type interfaceType, string? prefix)
    {
        List<GrainClass> classes = _byInterface.GetValueOrDefault(interfaceType) ?? [];
        if (prefix is not null)
        {
            classes = [.. classes.Where(grain => grain.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal))];
        }

        if (classes.Count > 1)
        {
            string expected = interfaceType.Name.StartsWith('I') ? interfaceType.Name[1..] : interfaceType.Name;
            classes = classes.FirstOrDefault(grain => grain.Type.Name == expected) is { } named ? [named] : classes;
        }

        return classes.Count switch
        {
            1 => classes[0],
            0 => throw new ArgumentException($"Could not find an implementation for interface {interfaceType}.", nameof(interfaceType)),
            _ => throw new ArgumentException($"Unable to identify a single appropriate grain type for interface {interfaceType}. Candidates: {string.Join(", ", classes.Select(grain => grain.GrainType))}.", nameof(interfaceType)),
        };
    }

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false } && typeof(IGrainBase).IsAssignableFrom(type) && typeof(IAddressable).IsAssignableFrom(type);

    private static IEnumerable<Type> LoadableTypes(Assembly assembly)
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
