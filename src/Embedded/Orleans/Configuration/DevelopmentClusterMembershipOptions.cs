using System.Net;

namespace Orleans.Configuration;

/// <summary>The silo that holds the membership table.</summary>
public class DevelopmentClusterMembershipOptions
{
    /// <summary>That silo's endpoint; loopback only.</summary>
    public IPEndPoint? PrimarySiloEndpoint { get; set; }
}
