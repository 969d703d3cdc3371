using NSft.Storage;

namespace NSft.Client.Storage;

/// <summary>The objects that an address means: the one of that name, or all below it.</summary>
/// <param name="Store">Where they are.</param>
/// <param name="Objects">The objects; names are those of the store.</param>
/// <param name="IsOne">Whether the address names one object.</param>
internal sealed record ObjectSet(IObjectStore Store, IReadOnlyList<ObjectFacts> Objects, bool IsOne)
{
    /// <summary>Their size.</summary>
    public long Bytes => Objects.Sum(facts => facts.Bytes);

    /// <summary>Finds them.</summary>
    /// <exception cref="Collectives.UserInputException">The store cannot be asked.</exception>
    public static async Task<ObjectSet> FindAsync(IObjectStores stores, StoreAddress address, CancellationToken cancellation)
    {
        (StoreAddress parent, string name) = address.Split();
        if (name.Length > 0)
        {
            IObjectStore above = stores.Open(parent);
            if (await above.FindAsync(name, cancellation).ConfigureAwait(false) is ObjectFacts facts)
            {
                return new ObjectSet(above, [facts], IsOne: true);
            }
        }

        IObjectStore store = stores.Open(address);
        return new ObjectSet(store, await store.ListAsync(string.Empty, cancellation).ToListAsync(cancellation).ConfigureAwait(false), IsOne: false);
    }
}
