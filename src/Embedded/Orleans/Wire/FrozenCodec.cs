namespace Orleans.Serialization;

/// <summary>A collection that is made of all its items at once, hence cannot contain itself.</summary>
internal abstract class FrozenCodec<TCollection, TItem> : Codec<TCollection>
    where TCollection : class, IReadOnlyCollection<TItem>
{
    public sealed override void Write(WireWriter writer, TCollection value)
    {
        WriteComparer(writer, value);
        writer.WriteVarint((ulong)value.Count);
        foreach (TItem item in value)
        {
            Codecs.Write(writer, item);
        }
    }

    public sealed override TCollection Read(WireReader reader)
    {
        object? comparer = ReadComparer(reader);
        TItem[] items = new TItem[reader.ReadCount()];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = Codecs.Read<TItem>(reader);
        }

        return Make(items, comparer);
    }

    /// <summary>Writes how the collection compares, if it does.</summary>
    protected virtual void WriteComparer(WireWriter writer, TCollection value)
    {
    }

    /// <summary>Reads what <see cref="WriteComparer"/> wrote.</summary>
    protected virtual object? ReadComparer(WireReader reader) => null;

    protected abstract TCollection Make(TItem[] items, object? comparer);
}
