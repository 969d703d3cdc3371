using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace NSft.Client.Kubernetes;

/// <summary>What a caller of the API server is known by.</summary>
/// <param name="Authorization">The header; null for none.</param>
/// <param name="Certificate">A certificate with its key; null for none.</param>
internal sealed record ApiCredentials(AuthenticationHeaderValue? Authorization, X509Certificate2? Certificate)
{
    /// <summary>Nobody.</summary>
    public static ApiCredentials None { get; } = new(null, null);

    /// <summary>A token, without the line end that files have.</summary>
    public static ApiCredentials Bearer(string token) => new(new AuthenticationHeaderValue("Bearer", token.Trim()), null);
}
