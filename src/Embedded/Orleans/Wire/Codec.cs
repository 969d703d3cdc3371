namespace Orleans.Serialization;

/// <summary>Writes and reads values of one run-time type as bytes.</summary>
internal abstract class Codec
{
    /// <summary>The length of values as members.</summary>
    public virtual WireKind Kind => WireKind.Sized;

    /// <summary>Whether an object that a message has twice is one object at the receiver, too. Such codecs call <see cref="WireReader.Record"/> before they read parts.</summary>
    public virtual bool IsTracked => false;

    /// <summary>Whether a place of the codec's type may hold another type; such objects always name theirs, for readers that skip the place.</summary>
    public virtual bool HasSubtypes => false;

    /// <summary>Writes a value of exactly the codec's type.</summary>
    public abstract void WriteObject(WireWriter writer, object value);

    /// <summary>Reads what <see cref="WriteObject"/> wrote.</summary>
    public abstract object ReadObject(WireReader reader);
}
