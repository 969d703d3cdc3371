using System.Globalization;

namespace Orleans;

/// <summary>The number of a membership table's content, and what tells it from other content with the same number.</summary>
public class TableVersion : IEquatable<TableVersion>
{
    /// <summary>Sets both.</summary>
    public TableVersion(int version, string eTag)
    {
        Version = version;
        VersionEtag = eTag;
    }

    /// <summary>The number; later content has a larger one.</summary>
    public int Version { get; }

    /// <summary>The ETag of the content that was read.</summary>
    public string VersionEtag { get; }

    /// <summary>Compares two versions.</summary>
    public static bool operator ==(TableVersion? left, TableVersion? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Compares two versions.</summary>
    public static bool operator !=(TableVersion? left, TableVersion? right) => !(left == right);

    /// <summary>The version of a change to this content.</summary>
    public TableVersion Next() => new(Version + 1, VersionEtag);

    /// <inheritdoc/>
    public bool Equals(TableVersion? other) => other is not null && Version == other.Version && VersionEtag == other.VersionEtag;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TableVersion);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Version, VersionEtag);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"<{Version}, {VersionEtag}>");
}
