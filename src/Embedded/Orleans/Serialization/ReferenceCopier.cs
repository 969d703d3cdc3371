using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>A reference to a grain travels as the grain's identity; the receiver binds it to itself.</summary>
internal sealed class ReferenceCopier<T> : Copier<T>
    where T : GrainReference
{
    public override T Copy(T value, CopyContext context)
    {
        T copy = (T)value.Detached();
        context.Add(copy);
        return copy;
    }
}
