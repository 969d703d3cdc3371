namespace Orleans.Configuration;

/// <summary>Which cluster a host belongs to.</summary>
public class ClusterOptions
{
    /// <summary>The service id that counts when none is set.</summary>
    public const string DefaultServiceId = "default";

    /// <summary>The cluster id that counts when none is set.</summary>
    public const string DefaultClusterId = "default";

    /// <summary>The cluster.</summary>
    public string ClusterId { get; set; } = DefaultClusterId;

    /// <summary>The service, which outlives clusters.</summary>
    public string ServiceId { get; set; } = DefaultServiceId;
}
