namespace Orleans.Serialization;

/// <summary>Copies values of one run-time type.</summary>
internal abstract class Copier
{
    /// <summary>Whether values are passed as they are.</summary>
    public abstract bool IsShallow { get; }

    /// <summary>Copies a value of exactly the copier's type.</summary>
    public abstract object CopyObject(object value, CopyContext context);
}
