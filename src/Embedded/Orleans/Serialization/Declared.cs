
namespace Orleans.Serialization;

/// <summary>What the declared type of a member says about its values.</summary>
internal static class Declared
{
    [ThreadStatic]
    private static HashSet<Type>? s_open;

    /// <summary>Throws if no value of a declared type could travel; interfaces and abstract classes are judged by their values.</summary>
    /// <exception cref="CodecNotFoundException">The type is not declared to travel in messages.</exception>
    public static void Require(Type declared, Type owner)
    {
        if (declared.IsInterface || declared.IsAbstract || declared.IsGenericParameter)
        {
            return;
        }

        HashSet<Type> open = s_open ??= [];
        if (!open.Add(declared))
        {
            return;
        }

        try
        {
            Copiers.For(declared);
        }
        catch (CodecNotFoundException error) when (!error.Message.Contains("needed by", StringComparison.Ordinal))
        {
            throw CopierFactory.NotFound(declared, owner);
        }
        finally
        {
            open.Remove(declared);
        }
    }

    /// <summary>Whether all values of a declared type are passed as they are.</summary>
    public static bool IsShallow(Type declared) =>
        (declared.IsValueType || declared.IsSealed) && !declared.IsArray && !IsOpen(declared) && Copiers.For(declared).IsShallow;

    private static bool IsOpen(Type type) => s_open?.Contains(type) ?? false;
}
