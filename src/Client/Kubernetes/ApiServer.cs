using System.Security.Cryptography.X509Certificates;

namespace NSft.Client.Kubernetes;

/// <summary>A Kubernetes API server and who asks it.</summary>
internal sealed record ApiServer
{
    /// <summary>Its address.</summary>
    public required Uri Address { get; init; }

    /// <summary>Where this comes from, for messages: a kubeconfig with its context, or the pod's service account.</summary>
    public required string Origin { get; init; }

    /// <summary>Whether this process runs in a pod of the cluster, and reaches other pods by their addresses.</summary>
    public bool IsInside { get; init; }

    /// <summary>The namespace that is meant where none is given; null for none.</summary>
    public string? Namespace { get; init; }

    /// <summary>The authorities that the server's certificate must come from; null for those of this machine.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Whether any certificate will do.</summary>
    public bool SkipsVerification { get; init; }

    /// <summary>The name that the server's certificate is for; null for the address's.</summary>
    public string? ServerName { get; init; }

    /// <summary>A proxy on the way; null for that of the environment.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Gives what the caller is known by. Asked again when the server refuses it: tokens are renewed.</summary>
    public required Func<CancellationToken, Task<ApiCredentials>> Credentials { get; init; }
}
