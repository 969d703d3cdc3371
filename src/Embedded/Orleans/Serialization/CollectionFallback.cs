using System.Collections.Concurrent;

namespace Orleans.Serialization;

/// <summary>
/// Members declared as collection interfaces may hold collections that have no copier of their own, such as those that
/// collection expressions make; they travel as a list, a set or a dictionary.
/// </summary>
internal static class CollectionFallback
{
    private static readonly ConcurrentDictionary<(Type Declared, Type Actual), Copier?> Known = new();

    private static readonly Dictionary<Type, Type> ByInterface = new()
    {
        [typeof(IEnumerable<>)] = typeof(ToList<>),
        [typeof(ICollection<>)] = typeof(ToList<>),
        [typeof(IList<>)] = typeof(ToList<>),
        [typeof(IReadOnlyCollection<>)] = typeof(ToList<>),
        [typeof(IReadOnlyList<>)] = typeof(ToList<>),
        [typeof(ISet<>)] = typeof(ToSet<>),
        [typeof(IReadOnlySet<>)] = typeof(ToSet<>),
        [typeof(IDictionary<,>)] = typeof(ToDictionary<,>),
        [typeof(IReadOnlyDictionary<,>)] = typeof(ToDictionary<,>),
    };

    /// <summary>The copier for values of the actual type in a place of the declared one; null if the actual type has its own.</summary>
    public static Copier? Replaces(Type declared, Type actual) =>
        declared.IsInterface && declared.IsConstructedGenericType ? Known.GetOrAdd((declared, actual), Find) : null;

    private static Copier? Find((Type Declared, Type Actual) pair)
    {
        if (!ByInterface.TryGetValue(pair.Declared.GetGenericTypeDefinition(), out Type? copier))
        {
            return null;
        }

        try
        {
            Copiers.For(pair.Actual);
            return null;
        }
        catch (CodecNotFoundException) when (!pair.Actual.IsArray)
        {
            return (Copier)Activator.CreateInstance(copier.MakeGenericType(pair.Declared.GetGenericArguments()))!;
        }
    }

    private sealed class ToList<TItem> : Copier<IEnumerable<TItem>>
    {
        public override IEnumerable<TItem> Copy(IEnumerable<TItem> value, CopyContext context) =>
            value.Select(item => Copiers.Copy(item, context)).ToList();
    }

    private sealed class ToSet<TItem> : Copier<IEnumerable<TItem>>
    {
        public override IEnumerable<TItem> Copy(IEnumerable<TItem> value, CopyContext context) =>
            value.Select(item => Copiers.Copy(item, context)).ToHashSet();
    }

    private sealed class ToDictionary<TKey, TValue> : Copier<IEnumerable<KeyValuePair<TKey, TValue>>>
        where TKey : notnull
    {
        public override IEnumerable<KeyValuePair<TKey, TValue>> Copy(IEnumerable<KeyValuePair<TKey, TValue>> value, CopyContext context) =>
            value.ToDictionary(pair => Copiers.Copy(pair.Key, context), pair => Copiers.Copy(pair.Value, context));
    }
}
