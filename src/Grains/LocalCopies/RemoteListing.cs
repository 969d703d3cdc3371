using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSft.Collectives;
using NSft.Storage;

namespace NSft.Grains.LocalCopies;

/// <summary>What lies at an address at one moment: one object, or those below it as a folder's files.</summary>
/// <param name="Address">The address.</param>
/// <param name="Store">The objects around it, to fetch them from.</param>
/// <param name="Leaf">Last part of the address: name of the local file or folder.</param>
/// <param name="Prefix">What the names of its objects begin with in <paramref name="Store"/>; empty where a container is the folder.</param>
/// <param name="Objects">The objects by their names in <paramref name="Store"/>.</param>
internal sealed record RemoteListing(StoreAddress Address, IObjectStore Store, string Leaf, string Prefix, IReadOnlyList<ObjectFacts> Objects)
{
    private const int ShownHash = 16;

    /// <summary>Hash over names, sizes and versions of all objects.</summary>
    internal string Version { get; } = HashOf(string.Concat(
        Objects.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name}\n{one.Bytes}\n{one.ETag}\n"))));

    /// <summary>Whether the address is one object.</summary>
    internal bool IsFile { get; private init; }

    /// <summary>Names the address on this machine: its last part, for people, and a hash.</summary>
    internal string Key => $"{Leaf}-{HashOf(Address.ToString())}";

    /// <summary>Looks at what is there.</summary>
    /// <param name="stores">Opens the store.</param>
    /// <param name="address">An object, or a prefix of objects.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="UserInputException">Nothing is there.</exception>
    internal static async Task<RemoteListing> ReadAsync(IObjectStores stores, StoreAddress address, CancellationToken cancellation)
    {
        var (parent, leaf) = Split(address);
        var store = stores.Open(parent);
        var isContainer = address.Path.Length == 0;
        var prefix = isContainer ? "" : $"{leaf}/";
        var single = isContainer ? null : await store.FindAsync(leaf, cancellation);
        if (single is { Bytes: > 0 })
        {
            return File(single);
        }

        var objects = await ListAsync(store, prefix, cancellation);
        if (objects.Count == 0)
        {
            // An account with folders has an empty object for each; elsewhere an empty object is an empty file.
            return single is not null
                ? File(single)
                : throw new UserInputException($"{address}: nothing is there; check container and name");
        }

        return new RemoteListing(address, store, leaf, prefix, objects);

        RemoteListing File(ObjectFacts one) => new(address, store, leaf, "", [one]) { IsFile = true };
    }

    /// <summary>Path of an object below the copy's folder.</summary>
    internal string LocalName(ObjectFacts one) => Prefix.Length == 0 && !IsFile ? $"{Leaf}/{one.Name}" : one.Name;

    /// <summary>The address around an address, and its last part.</summary>
    internal static (StoreAddress Parent, string Leaf) Split(StoreAddress address)
    {
        if (address.Path.Length == 0)
        {
            return (address, address.Container);
        }

        var end = address.Path.LastIndexOf('/');
        return (address with { Path = end < 0 ? "" : address.Path[..end] }, address.Path[(end + 1)..]);
    }

    private static async Task<List<ObjectFacts>> ListAsync(IObjectStore store, string prefix, CancellationToken cancellation)
    {
        var objects = new List<ObjectFacts>();
        await foreach (var one in store.ListAsync(prefix, cancellation))
        {
            // Tools that know folders only leave empty objects for them.
            if (one.Bytes > 0 || !one.Name.EndsWith('/'))
            {
                EnsureInside(store, one.Name);
                objects.Add(one);
            }
        }

        var folders = objects.Select(one => ParentOf(one.Name)).ToHashSet(StringComparer.Ordinal);
        objects.RemoveAll(one => one.Bytes == 0 && folders.Contains(one.Name));
        return objects;
    }

    private static string ParentOf(string name) => name.LastIndexOf('/') is > 0 and var end ? name[..end] : "";

    /// <summary>Names come from whoever may write the container: none may leave the folder of the copy.</summary>
    private static void EnsureInside(IObjectStore store, string name)
    {
        if (name.Split('/').Any(part => part is "" or "." or "..") || name.Contains('\\', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal))
        {
            throw new UserInputException($"{store.Address}: object '{name}' has no name that a file can have; rename or delete it");
        }
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..ShownHash];
}
