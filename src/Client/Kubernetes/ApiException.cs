using System.Net;
using NSft.Collectives;

namespace NSft.Client.Kubernetes;

/// <summary>The API server's refusal of a request.</summary>
/// <param name="message">What, where, and what to do.</param>
/// <param name="status">The status of its answer.</param>
internal sealed class ApiException(string message, HttpStatusCode status) : UserInputException(message)
{
    /// <summary>The status of its answer.</summary>
    public HttpStatusCode Status { get; } = status;
}
