namespace Orleans.Serialization;

internal sealed class SortedDictionaryCopier<TKey, TValue> : Copier<SortedDictionary<TKey, TValue>>
    where TKey : notnull
{
    public override SortedDictionary<TKey, TValue> Copy(SortedDictionary<TKey, TValue> value, CopyContext context)
    {
        if (context.TryGet(value, out SortedDictionary<TKey, TValue> seen))
        {
            return seen;
        }

        SortedDictionary<TKey, TValue> copy = new(value.Comparer);
        context.Record(value, copy);
        foreach ((TKey key, TValue item) in value)
        {
            copy.Add(Copiers.Copy(key, context), Copiers.Copy(item, context));
        }

        return copy;
    }
}
