using System.Diagnostics.Metrics;

namespace NSft.Collectives.Metrics;

/// <summary>The meter of everything that NSft measures; docs/metrics.md lists its instruments.</summary>
public static class NSftMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "NSft";

    /// <summary>The meter; one a process.</summary>
    internal static Meter Shared { get; } = new(Name);
}
