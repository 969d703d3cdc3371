using System.Collections.Concurrent;

namespace Orleans.Serialization;

/// <summary>Deep copies of values by compiled copiers, one for each type.</summary>
internal static class Copiers
{
    private static readonly ConcurrentDictionary<Type, Copier> ByType = new();

    /// <summary>The copier of a run-time type.</summary>
    /// <exception cref="CodecNotFoundException">The type is not declared to travel in messages.</exception>
    public static Copier For(Type type) => ByType.TryGetValue(type, out Copier? copier) ? copier : ByType.GetOrAdd(type, CopierFactory.Create(type));

    /// <summary>Copies a value whose static type says nothing.</summary>
    public static object? CopyAny(object? value, CopyContext context) => value is null ? null : For(value.GetType()).CopyObject(value, context);

    /// <summary>Copies a value of a static type.</summary>
    public static T Copy<T>(T value, CopyContext context)
    {
        if (value is null)
        {
            return value;
        }

        if (typeof(T).IsValueType)
        {
            return Cache<T>.Exact.Copy(value, context);
        }

        Type type = value.GetType();
        if (type == typeof(T))
        {
            return Cache<T>.Exact.Copy(value, context);
        }

        return CollectionFallback.Replaces(typeof(T), type) is { } fallback
            ? (T)fallback.CopyObject(value, context)
            : (T)For(type).CopyObject(value, context);
    }

    /// <summary>Throws if values of a type could not travel in messages, though they need no copy here.</summary>
    /// <exception cref="CodecNotFoundException">The type is not declared to travel in messages.</exception>
    public static void Require(object? value)
    {
        if (value is not null)
        {
            For(value.GetType());
        }
    }

    private static class Cache<T>
    {
        /// <summary>Made on first use, so that types may contain themselves.</summary>
        public static Copier<T> Exact => s_exact ??= (Copier<T>)For(typeof(T));

#pragma warning disable IDE1006 // a cache, not a constant
        private static Copier<T>? s_exact;
#pragma warning restore IDE1006
    }
}
