using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>A grain interface: its name in messages and its methods, those of base interfaces included.</summary>
internal sealed class InterfaceDescriptor
{
    private static readonly ConcurrentDictionary<Type, InterfaceDescriptor> ByType = new();
    private readonly Dictionary<string, MethodDescriptor> _byKey = new(StringComparer.Ordinal);

    private InterfaceDescriptor(Type type)
    {
        Type = type;
        Name = NameOf(type);
        IsExtension = typeof(IGrainExtension).IsAssignableFrom(type);
        Methods = [.. type.GetInterfaces().Prepend(type).SelectMany(one => one.GetMethods()).Where(IsRemote).Select((method, index) => new MethodDescriptor(this, method, index))];
        foreach (MethodDescriptor method in Methods)
        {
            if (!_byKey.TryAdd(method.Key, method))
            {
                throw new NotSupportedException($"{type} has two methods that are {method.Key} in messages.");
            }
        }
    }

    /// <summary>The interface.</summary>
    public Type Type { get; }

    /// <summary>The interface's name in messages.</summary>
    public string Name { get; }

    /// <summary>Whether the engine implements the interface for all grains.</summary>
    public bool IsExtension { get; }

    /// <summary>The methods in the order of their indices.</summary>
    public MethodDescriptor[] Methods { get; }

    /// <summary>The descriptor of an interface.</summary>
    /// <exception cref="NotSupportedException">The interface has a method that cannot be called on a grain.</exception>
    public static InterfaceDescriptor Of(Type type) => ByType.GetOrAdd(type, static key => new InterfaceDescriptor(key));

    /// <summary>An interface's name in messages.</summary>
    public static string NameOf(Type type) => type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.FullName!;

    /// <summary>The method of a key; null if there is none.</summary>
    public MethodDescriptor? Find(string key) => _byKey.GetValueOrDefault(key);

    private static bool IsRemote(MethodInfo method) => method is { IsAbstract: true, IsStatic: false };
}
