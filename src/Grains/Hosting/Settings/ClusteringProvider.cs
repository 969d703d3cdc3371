namespace NSft.Grains.Hosting.Settings;

/// <summary>How silos find each other and agree on who is there.</summary>
public enum ClusteringProvider
{
    /// <summary>By ports of this machine; the first silo keeps the list in its memory.</summary>
    Localhost,

    /// <summary>By files in a directory that processes of one machine share.</summary>
    Directory,

    /// <summary>By a table of an Azure Storage account. Needs Orleans itself (<c>NSftPackages=nuget</c>).</summary>
    Azure,

    /// <summary>By a Redis server. Needs Orleans itself (<c>NSftPackages=nuget</c>).</summary>
    Redis,
}
