namespace NSft.Client.Kubernetes;

/// <summary>How bad a finding is.</summary>
internal enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, but not for long or not as meant.</summary>
    Warning,

    /// <summary>Does not work.</summary>
    Fault,
}
