using System.Runtime.CompilerServices;

namespace Orleans.Storage;

/// <summary>State of grains that have none stored.</summary>
internal static class NewState
{
    public static T Of<T>() => typeof(T).IsValueType || typeof(T).GetConstructor([]) is not null
        ? Activator.CreateInstance<T>()
        : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
}
