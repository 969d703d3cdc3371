using System.Collections.Concurrent;

namespace Orleans.Serialization;

internal sealed class ConcurrentDictionaryCopier<TKey, TValue> : Copier<ConcurrentDictionary<TKey, TValue>>
    where TKey : notnull
{
    public override ConcurrentDictionary<TKey, TValue> Copy(ConcurrentDictionary<TKey, TValue> value, CopyContext context)
    {
        if (context.TryGet(value, out ConcurrentDictionary<TKey, TValue> seen))
        {
            return seen;
        }

        ConcurrentDictionary<TKey, TValue> copy = new(value.Comparer);
        context.Record(value, copy);
        foreach ((TKey key, TValue item) in value)
        {
            copy[Copiers.Copy(key, context)] = Copiers.Copy(item, context);
        }

        return copy;
    }
}
