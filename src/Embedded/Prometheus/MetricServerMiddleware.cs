using Microsoft.AspNetCore.Http;

namespace Prometheus;

/// <summary>Answers with the metrics of a registry.</summary>
public sealed class MetricServerMiddleware
{
    private readonly CollectorRegistry _registry;

    /// <summary>Answers requests.</summary>
    /// <param name="next">What comes after it; nothing does.</param>
    /// <param name="settings">What it tells.</param>
    public MetricServerMiddleware(RequestDelegate next, Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.EnableOpenMetrics)
        {
            throw new NotSupportedException("the embedded endpoint speaks Prometheus' text format only: set EnableOpenMetrics to false");
        }

        _registry = settings.Registry ?? throw new NotSupportedException("the embedded endpoint has no default registry: set Registry");
    }

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <returns>When the answer is written.</returns>
    public async Task Invoke(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.ContentType = TextFormat.ContentType;
        _registry.Collect(context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>What the endpoint tells, and how.</summary>
#pragma warning disable CA1034 // nested as in the package
    public sealed class Settings
#pragma warning restore CA1034
    {
        /// <summary>The metrics.</summary>
        public CollectorRegistry? Registry { get; set; }

        /// <summary>Whether it speaks OpenMetrics to who asks for it.</summary>
        public bool EnableOpenMetrics { get; set; } = true;
    }
}
