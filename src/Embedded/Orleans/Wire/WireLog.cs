using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal static partial class WireLog
{
    [LoggerMessage(101, LogLevel.Information, "The connection from {Node} to {Peer} has ended ({Reason}): {Error}")]
    public static partial void Ended(ILogger logger, SiloAddress? node, SiloAddress peer, DisconnectReason reason, string error);

    [LoggerMessage(102, LogLevel.Warning, "{Node} has refused a connection: {Error}")]
    public static partial void Refused(ILogger logger, SiloAddress? node, string error);

    [LoggerMessage(103, LogLevel.Error, "{Node} could not take a message of {Peer}.")]
    public static partial void DeliveryFailed(ILogger logger, SiloAddress? node, SiloAddress peer, Exception error);
}
