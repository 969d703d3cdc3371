using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NSft.Collectives;

namespace NSft.Client.Kubernetes;

/// <summary>The service account that Kubernetes mounts into a pod.</summary>
internal static class PodAccount
{
    /// <summary>Environment variable that has the API server's host.</summary>
    public const string HostVariable = "KUBERNETES_SERVICE_HOST";

    /// <summary>Environment variable that has its port.</summary>
    public const string PortVariable = "KUBERNETES_SERVICE_PORT";

    /// <summary>Where it is mounted.</summary>
    public const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The API server of the pod's cluster; null outside of pods, and in pods without a token.</summary>
    /// <param name="variable">Gives an environment variable.</param>
    /// <param name="folder">Where the account is mounted.</param>
    /// <exception cref="UserInputException">The account is damaged.</exception>
    public static ApiServer? Find(Func<string, string?> variable, string folder = Folder)
    {
        string token = Path.Combine(folder, "token");
        if (variable(HostVariable) is not { Length: > 0 } host || !File.Exists(token))
        {
            return null;
        }

        string origin = $"service account of {folder}";
        string space = Path.Combine(folder, "namespace");
        return new ApiServer
        {
            Address = new UriBuilder(Uri.UriSchemeHttps, host, int.TryParse(variable(PortVariable), out int port) ? port : 443).Uri,
            Origin = origin,
            IsInside = true,
            Namespace = File.Exists(space) ? File.ReadAllText(space).Trim() : null,
            Authorities = ReadAuthorities(Path.Combine(folder, "ca.crt"), origin),
            Credentials = async cancellation => ApiCredentials.Bearer(await File.ReadAllTextAsync(token, cancellation).ConfigureAwait(false)),
        };
    }

    private static X509Certificate2Collection ReadAuthorities(string path, string origin)
    {
        X509Certificate2Collection authorities = [];
        try
        {
            authorities.ImportFromPemFile(path);
            return authorities;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UserInputException($"{origin}: {path} is no certificate authority: {exception.Message.TrimEnd('.')}", exception);
        }
    }
}
