using NSft.Storage;
using NSft.Training.Checkpoints;

namespace NSft.Client.Storage;

/// <summary>What to copy, and where to.</summary>
/// <param name="Files">Names at the source, names at the destination, and sizes.</param>
/// <param name="To">The destination.</param>
internal sealed record CopyPlan(IReadOnlyList<(string From, string To, long Bytes)> Files, StoreAddress To)
{
    /// <summary>Their size.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>Whether an object says that the others beside it are whole, and so is written after them.</summary>
    public static bool IsManifest(string name) => name == CheckpointManifest.FileName || name.EndsWith("/" + CheckpointManifest.FileName, StringComparison.Ordinal);

    /// <summary>Plans a copy. One object goes to the destination's name, or into it when that ends with <c>/</c> or is a folder; several go below it.</summary>
    /// <param name="from">What to copy.</param>
    /// <param name="to">The destination as it was written.</param>
    public static CopyPlan Of(ObjectSet from, string to)
    {
        StoreAddress address = StoreAddress.Parse(to);
        bool isFolder = to.EndsWith('/') || (address.Kind == StoreKind.File && Directory.Exists(address.Path));
        if (!from.IsOne || isFolder)
        {
            return new CopyPlan([.. from.Objects.Select(facts => (facts.Name, facts.Name, facts.Bytes))], address);
        }

        (StoreAddress parent, string name) = address.Split();
        ObjectFacts one = from.Objects[0];
        return name.Length == 0
            ? new CopyPlan([(one.Name, one.Name, one.Bytes)], address)
            : new CopyPlan([(one.Name, name, one.Bytes)], parent);
    }
}
