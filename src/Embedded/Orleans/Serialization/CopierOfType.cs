namespace Orleans.Serialization;

/// <summary>Copies values of one run-time type.</summary>
internal abstract class Copier<T> : Copier
{
    public override bool IsShallow => false;

    /// <summary>Copies a value of exactly the copier's type, which is not null.</summary>
    public abstract T Copy(T value, CopyContext context);

    public sealed override object CopyObject(object value, CopyContext context) => Copy((T)value, context)!;
}
