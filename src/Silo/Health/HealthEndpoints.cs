using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace NSft.Silo.Health;

/// <summary>The questions about a silo's health: 200 for yes, 503 for no, a JSON object with the reason for both.</summary>
internal static class HealthEndpoints
{
    /// <summary>Path of <see cref="SiloHealth.Live"/>.</summary>
    public const string Live = "/healthz/live";

    /// <summary>Path of <see cref="SiloHealth.Ready"/>.</summary>
    public const string Ready = "/healthz/ready";

    /// <summary>Path of <see cref="SiloHealth.Started"/>.</summary>
    public const string Startup = "/healthz/startup";

    /// <summary>Adds them.</summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <param name="health">Answers.</param>
    public static void MapHealth(this IEndpointRouteBuilder endpoints, SiloHealth health)
    {
        endpoints.MapMethods(Live, [HttpMethods.Get, HttpMethods.Head], context => AnswerAsync(context, health.Live()));
        endpoints.MapMethods(Ready, [HttpMethods.Get, HttpMethods.Head], context => AnswerAsync(context, health.Ready()));
        endpoints.MapMethods(Startup, [HttpMethods.Get, HttpMethods.Head], context => AnswerAsync(context, health.Started()));
    }

    private static Task AnswerAsync(HttpContext context, HealthAnswer answer)
    {
        context.Response.StatusCode = answer.IsHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(new { answer.Status, answer.Silo, answer.Reason, Version = ProgramVersion.Current }, context.RequestAborted);
    }
}
