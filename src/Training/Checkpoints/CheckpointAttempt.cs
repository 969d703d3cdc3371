using NSft.Storage;

namespace NSft.Training.Checkpoints;

/// <summary>A checkpoint that is being written to a store. Its files carry its name, so that they replace no other's.</summary>
/// <param name="Checkpoint">Address of the checkpoint: files and manifest have the same prefix.</param>
/// <param name="Id">Name of the attempt.</param>
internal sealed record CheckpointAttempt(string Checkpoint, string Id)
{
    private const string Extension = ".bin";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    internal static CheckpointAttempt Parse(string staging)
    {
        int cut = staging.LastIndexOf('/');
        return new CheckpointAttempt(staging[..cut], staging[(cut + 1)..]);
    }

    /// <summary>The attempt that wrote a file; null for another file.</summary>
    internal static string? OfFile(string name)
    {
        string stem = Path.GetFileNameWithoutExtension(name);
        int cut = stem.LastIndexOf('-');
        return name.EndsWith(Extension, StringComparison.Ordinal) && Guid.TryParseExact(stem[(cut + 1)..], "N", out _) ? stem[(cut + 1)..] : null;
    }

    /// <summary>The name that a file of this attempt has.</summary>
    /// <param name="name">Its name in a folder.</param>
    internal string NameOf(string name) => $"{Path.GetFileNameWithoutExtension(name)}-{Id}{Extension}";

    internal StoreAddress Address => StoreAddress.Parse(Checkpoint);

    /// <summary>The attempt as it is told to workers.</summary>
    public override string ToString() => $"{Checkpoint}/{Id}";
}
