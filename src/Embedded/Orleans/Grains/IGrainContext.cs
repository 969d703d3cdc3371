namespace Orleans.Runtime;

/// <summary>An activation as its grain sees it.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>A reference to the grain.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The grain's identity.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain object.</summary>
    object? GrainInstance { get; }

    /// <summary>The activation's id.</summary>
    ActivationId ActivationId { get; }

    /// <summary>Where the activation lives.</summary>
    GrainAddress Address { get; }

    /// <summary>The services of this activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Ends with the activation.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation when the running requests have ended.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
