namespace NSft.Grains.LocalCopies;

/// <summary>
/// Where a process keeps local copies of data that lies at addresses. Section <c>Cache</c> of the configuration, or the environment
/// (<c>Cache__Directory</c>).
/// </summary>
public sealed record CacheOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Cache";

    /// <summary>Folder of the copies; processes of one machine share it. Null for <c>nsft-cache</c> in the folder of temporary files.</summary>
    public string? Directory { get; init; }

    /// <summary>Bytes that copies may take; those used longest ago make room, those in use stay. Null for all that the disk has.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>Full path of the folder.</summary>
    public string ResolveDirectory() => Path.GetFullPath(Directory ?? Path.Combine(Path.GetTempPath(), "nsft-cache"));
}
