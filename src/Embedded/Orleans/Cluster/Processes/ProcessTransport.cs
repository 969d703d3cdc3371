namespace Orleans.Runtime;

/// <summary>Makes the transport of nodes that other processes reach.</summary>
internal static class ProcessTransport
{
    private static readonly InProcessTransport Shared = new();

    /// <summary>A transport for one node.</summary>
    public static ITransport Open() => Shared;
}
