using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Silo {Name} at {Address} is active in service {ServiceId}, cluster {ClusterId}.")]
    public static partial void Started(ILogger logger, string name, SiloAddress address, string serviceId, string clusterId);

    [LoggerMessage(2, LogLevel.Information, "Silo {Name} at {Address} has left its cluster.")]
    public static partial void Stopped(ILogger logger, string name, SiloAddress address);

    [LoggerMessage(3, LogLevel.Warning, "Silo {Name} left before all its grains had ended: the time to stop was over.")]
    public static partial void StopWasCut(ILogger logger, string name);

    [LoggerMessage(4, LogLevel.Error, "Grain {Grain} could not start.")]
    public static partial void ActivationFailed(ILogger logger, GrainId grain, Exception error);

    [LoggerMessage(5, LogLevel.Error, "Grain {Grain} failed while it ended.")]
    public static partial void DeactivationFailed(ILogger logger, GrainId grain, Exception error);

    [LoggerMessage(6, LogLevel.Error, "A timer of grain {Grain} failed.")]
    public static partial void TimerFailed(ILogger logger, GrainId grain, Exception error);

    [LoggerMessage(7, LogLevel.Error, "A turn of grain {Grain} failed outside of its method.")]
    public static partial void TurnFailed(ILogger logger, GrainId grain, Exception error);

    [LoggerMessage(8, LogLevel.Error, "A request to grain {Grain} found no way.")]
    public static partial void RoutingFailed(ILogger logger, GrainId grain, Exception error);

    [LoggerMessage(20, LogLevel.Critical, "Silo {Name} at {Address} stops at once: {Reason}")]
    public static partial void DeclaredDead(ILogger logger, string name, SiloAddress address, string reason);

    [LoggerMessage(21, LogLevel.Warning, "Silo {Address} declares {Dead} dead: {Reason}")]
    public static partial void Declared(ILogger logger, SiloAddress address, SiloAddress dead, string reason);

    [LoggerMessage(22, LogLevel.Warning, "Silo {Address} was held up for {Late} and starts to count missed probes anew.")]
    public static partial void WasHeldUp(ILogger logger, SiloAddress address, TimeSpan late);

    [LoggerMessage(23, LogLevel.Error, "Silo {Address} could not use the membership table.")]
    public static partial void TableFailed(ILogger logger, SiloAddress address, Exception error);

    [LoggerMessage(24, LogLevel.Information, "Silo {Address} keeps the grain directory as of membership {Version}; it found {Count} activations.")]
    public static partial void KeepsDirectory(ILogger logger, SiloAddress address, long version, int count);

    [LoggerMessage(25, LogLevel.Warning, "A question between this silo and {Peer} failed.")]
    public static partial void ControlFailed(ILogger logger, SiloAddress peer, Exception error);

    [LoggerMessage(26, LogLevel.Error, "The list of gateways could not be used.")]
    public static partial void GatewaysFailed(ILogger logger, Exception error);
}
