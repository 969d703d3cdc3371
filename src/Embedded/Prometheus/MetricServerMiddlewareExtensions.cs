using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Prometheus;

/// <summary>Adds the endpoint of metrics to an application.</summary>
public static class MetricServerMiddlewareExtensions
{
    /// <summary>Adds it.</summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <param name="configure">Sets what it tells.</param>
    /// <param name="pattern">Its path.</param>
    /// <returns>The endpoint.</returns>
    public static IEndpointConventionBuilder MapMetrics(
        this IEndpointRouteBuilder endpoints, Action<MetricServerMiddleware.Settings> configure, string pattern = "/metrics")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(configure);
        MetricServerMiddleware.Settings settings = new();
        configure(settings);
        return endpoints.Map(pattern, endpoints.CreateApplicationBuilder().UseMiddleware<MetricServerMiddleware>(settings).Build())
            .WithDisplayName("Prometheus metrics");
    }
}
