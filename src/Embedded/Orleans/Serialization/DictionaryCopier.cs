namespace Orleans.Serialization;

internal sealed class DictionaryCopier<TKey, TValue> : Copier<Dictionary<TKey, TValue>>
    where TKey : notnull
{
    public override Dictionary<TKey, TValue> Copy(Dictionary<TKey, TValue> value, CopyContext context)
    {
        if (context.TryGet(value, out Dictionary<TKey, TValue> seen))
        {
            return seen;
        }

        Dictionary<TKey, TValue> copy = new(value.Count, value.Comparer);
        context.Record(value, copy);
        foreach ((TKey key, TValue item) in value)
        {
            copy.Add(Copiers.Copy(key, context), Copiers.Copy(item, context));
        }

        return copy;
    }
}
