using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace Orleans.Serialization;

/// <summary>The codecs of collections that cannot be changed.</summary>
internal static class FrozenCodecs
{
    internal sealed class OfReadOnlyCollection<T> : FrozenCodec<ReadOnlyCollection<T>, T>
    {
        protected override ReadOnlyCollection<T> Make(T[] items, object? comparer) => new(items);
    }

    internal sealed class OfImmutableList<T> : FrozenCodec<ImmutableList<T>, T>
    {
        protected override ImmutableList<T> Make(T[] items, object? comparer) => [.. items];
    }

    internal sealed class OfImmutableHashSet<T> : FrozenCodec<ImmutableHashSet<T>, T>
    {
        protected override void WriteComparer(WireWriter writer, ImmutableHashSet<T> value) => Comparers.WriteEquality(writer, value.KeyComparer);

        protected override object? ReadComparer(WireReader reader) => Comparers.ReadEquality<T>(reader);

        protected override ImmutableHashSet<T> Make(T[] items, object? comparer) => items.ToImmutableHashSet((IEqualityComparer<T>?)comparer);
    }

    internal sealed class OfImmutableDictionary<TKey, TValue> : FrozenCodec<ImmutableDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
        where TKey : notnull
    {
        protected override void WriteComparer(WireWriter writer, ImmutableDictionary<TKey, TValue> value) => Comparers.WriteEquality(writer, value.KeyComparer);

        protected override object? ReadComparer(WireReader reader) => Comparers.ReadEquality<TKey>(reader);

        protected override ImmutableDictionary<TKey, TValue> Make(KeyValuePair<TKey, TValue>[] items, object? comparer) =>
            items.ToImmutableDictionary((IEqualityComparer<TKey>?)comparer);
    }
}
