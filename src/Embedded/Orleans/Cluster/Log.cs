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
}
