using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>Settings of a grain's timer.</summary>
public readonly struct GrainTimerCreationOptions
{
    /// <summary>All settings at their defaults.</summary>
    public GrainTimerCreationOptions()
    {
    }

    /// <summary>Sets the times.</summary>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>The time until the first callback; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>The time from a callback's end to the next callback; <see cref="Timeout.InfiniteTimeSpan"/> for only one.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether callbacks may interleave with requests.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether callbacks keep the activation from being idle.</summary>
    public bool KeepAlive { get; init; }
}
