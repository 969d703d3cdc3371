namespace Orleans.Serialization;

/// <summary>A collection as its comparer, its count and its items.</summary>
internal abstract class SequenceCodec<TCollection, TItem> : Codec<TCollection>
    where TCollection : class, IReadOnlyCollection<TItem>
{
    public override bool IsTracked => true;

    public sealed override void Write(WireWriter writer, TCollection value)
    {
        WriteComparer(writer, value);
        IReadOnlyCollection<TItem> items = Items(value);
        writer.WriteVarint((ulong)items.Count);
        foreach (TItem item in items)
        {
            Codecs.Write(writer, item);
        }
    }

    public sealed override TCollection Read(WireReader reader)
    {
        int start = reader.Start;
        TCollection value = Make(reader);
        reader.Start = start;
        reader.Record(value);
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            Add(value, Codecs.Read<TItem>(reader));
        }

        return value;
    }

    /// <summary>Writes how the collection compares, if it does.</summary>
    protected virtual void WriteComparer(WireWriter writer, TCollection value)
    {
    }

    /// <summary>The items in the order in which they are added.</summary>
    protected virtual IReadOnlyCollection<TItem> Items(TCollection value) => value;

    /// <summary>An empty collection.</summary>
    protected abstract TCollection Make(WireReader reader);

    protected abstract void Add(TCollection collection, TItem item);
}
