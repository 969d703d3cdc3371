using NSft.Grains.Hosting.Settings;

namespace NSft.Client.Parsing;

/// <summary>The cluster that a verb means, and why it is this one: that of a state directory, or one of several machines.</summary>
/// <param name="Path">Full path of the state directory; empty for a cluster of several machines.</param>
/// <param name="Origin">The option, variable or setting that named it, or <c>default</c>.</param>
internal sealed record StateChoice(string Path, string Origin)
{
    /// <summary>What configuration says of a cluster of several machines; null for a state directory.</summary>
    public NSftConfiguration? Network { get; init; }

    /// <summary>The cluster in a word.</summary>
    public string Name => Network is null ? Path : $"cluster {Network.Clustering.ClusterId}";
}
