using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Sampling;

/// <summary>Tells the end of a silo from the failure of its work.</summary>
internal static class SiloLoss
{
    /// <summary>Whether a call or a block ended because a silo did: it is gone, does not answer, or its services are being taken down.</summary>
    internal static bool Is(Exception exception) =>
        Failures.IsLostCall(exception) || exception is ObjectDisposedException or OperationCanceledException;
}
