using System.Collections.Concurrent;
using System.Collections.ObjectModel;

namespace Orleans.Serialization;

/// <summary>The codecs of collections that can be changed.</summary>
internal static class CollectionCodecs
{
    internal sealed class OfList<T> : SequenceCodec<List<T>, T>
    {
        protected override List<T> Make(WireReader reader) => [];

        protected override void Add(List<T> collection, T item) => collection.Add(item);
    }

    internal sealed class OfCollection<T> : SequenceCodec<Collection<T>, T>
    {
        protected override Collection<T> Make(WireReader reader) => [];

        protected override void Add(Collection<T> collection, T item) => collection.Add(item);
    }

    internal sealed class OfQueue<T> : SequenceCodec<Queue<T>, T>
    {
        protected override Queue<T> Make(WireReader reader) => new();

        protected override void Add(Queue<T> collection, T item) => collection.Enqueue(item);
    }

    internal sealed class OfStack<T> : SequenceCodec<Stack<T>, T>
    {
        protected override IReadOnlyCollection<T> Items(Stack<T> value) => [.. value.Reverse()];

        protected override Stack<T> Make(WireReader reader) => new();

        protected override void Add(Stack<T> collection, T item) => collection.Push(item);
    }

    internal sealed class OfHashSet<T> : SequenceCodec<HashSet<T>, T>
    {
        protected override void WriteComparer(WireWriter writer, HashSet<T> value) => Comparers.WriteEquality(writer, value.Comparer);

        protected override HashSet<T> Make(WireReader reader) => new(Comparers.ReadEquality<T>(reader));

        protected override void Add(HashSet<T> collection, T item) => collection.Add(item);
    }

    internal sealed class OfSortedSet<T> : SequenceCodec<SortedSet<T>, T>
    {
        protected override void WriteComparer(WireWriter writer, SortedSet<T> value) => Comparers.WriteOrder(writer, value.Comparer);

        protected override SortedSet<T> Make(WireReader reader) => new(Comparers.ReadOrder<T>(reader));

        protected override void Add(SortedSet<T> collection, T item) => collection.Add(item);
    }

    internal sealed class OfDictionary<TKey, TValue> : SequenceCodec<Dictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
        where TKey : notnull
    {
        protected override void WriteComparer(WireWriter writer, Dictionary<TKey, TValue> value) => Comparers.WriteEquality(writer, value.Comparer);

        protected override Dictionary<TKey, TValue> Make(WireReader reader) => new(Comparers.ReadEquality<TKey>(reader));

        protected override void Add(Dictionary<TKey, TValue> collection, KeyValuePair<TKey, TValue> item) => collection.Add(item.Key, item.Value);
    }

    internal sealed class OfSortedDictionary<TKey, TValue> : SequenceCodec<SortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
        where TKey : notnull
    {
        protected override void WriteComparer(WireWriter writer, SortedDictionary<TKey, TValue> value) => Comparers.WriteOrder(writer, value.Comparer);

        protected override SortedDictionary<TKey, TValue> Make(WireReader reader) => new(Comparers.ReadOrder<TKey>(reader));

        protected override void Add(SortedDictionary<TKey, TValue> collection, KeyValuePair<TKey, TValue> item) => collection.Add(item.Key, item.Value);
    }

    internal sealed class OfConcurrentDictionary<TKey, TValue> : SequenceCodec<ConcurrentDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
        where TKey : notnull
    {
        protected override void WriteComparer(WireWriter writer, ConcurrentDictionary<TKey, TValue> value) => Comparers.WriteEquality(writer, value.Comparer);

        protected override IReadOnlyCollection<KeyValuePair<TKey, TValue>> Items(ConcurrentDictionary<TKey, TValue> value) => value.ToArray();

        protected override ConcurrentDictionary<TKey, TValue> Make(WireReader reader) => new(Comparers.ReadEquality<TKey>(reader));

        protected override void Add(ConcurrentDictionary<TKey, TValue> collection, KeyValuePair<TKey, TValue> item) => collection[item.Key] = item.Value;
    }
}
