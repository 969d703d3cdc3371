using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NSft.Collectives;

namespace NSft.Client.Kubernetes;

/// <summary>The API server that kubeconfig files and a context name.</summary>
/// <param name="files">The files in order: what an earlier one says, holds.</param>
internal sealed class KubeConfig(IReadOnlyList<KubeConfigFile> files)
{
    /// <summary>The server of a context.</summary>
    /// <param name="given">The context; null for the current one.</param>
    /// <exception cref="UserInputException">The files name none, or what they name is missing or cannot be read.</exception>
    public ApiServer Server(string? given)
    {
        string name = given ?? files.Select(file => file.Text("current-context")).FirstOrDefault(text => !string.IsNullOrEmpty(text))
            ?? throw new UserInputException($"{Paths}: names no current-context; give --context NAME{Known("contexts")}");
        KubeConfigEntry context = Find("contexts", "context", name);
        KubeConfigEntry cluster = Find("clusters", "cluster", context.Required("cluster"));
        KubeConfigEntry? user = context.Text("user") is { } who ? Find("users", "user", who) : null;
        string origin = $"{context.File}, context {name}";
        return new ApiServer
        {
            Address = cluster.Address("server") ?? throw new UserInputException($"{cluster.Place}: has no server"),
            Origin = origin,
            Namespace = context.Text("namespace"),
            Authorities = Authorities(cluster),
            SkipsVerification = cluster.Text("insecure-skip-tls-verify") == "true",
            ServerName = cluster.Text("tls-server-name"),
            Proxy = cluster.Address("proxy-url"),
            Credentials = user is null ? _ => Task.FromResult(ApiCredentials.None) : cancellation => CredentialsAsync(user, cancellation),
        };
    }

    private string Paths => string.Join(Path.PathSeparator, files.Select(file => file.Path));

    private static X509Certificate2Collection? Authorities(KubeConfigEntry cluster)
    {
        if (cluster.Pem("certificate-authority") is not { } pem)
        {
            return null;
        }

        X509Certificate2Collection authorities = [];
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException exception)
        {
            throw new UserInputException($"{cluster.Place}: its certificate-authority is no certificate: {exception.Message.TrimEnd('.')}", exception);
        }

        return authorities.Count > 0 ? authorities : throw new UserInputException($"{cluster.Place}: its certificate-authority has no certificate");
    }

    private static async Task<ApiCredentials> CredentialsAsync(KubeConfigEntry user, CancellationToken cancellation)
    {
        if (user.Map("exec") is { } exec)
        {
            return await ExecPlugin.RunAsync(exec, cancellation).ConfigureAwait(false);
        }

        if (user.Map("auth-provider") is not null)
        {
            throw new UserInputException($"{user.Place}: uses auth-provider, which Kubernetes gave up; write the kubeconfig anew with your cloud's tool");
        }

        X509Certificate2? certificate = Certificate(user);
        AuthenticationHeaderValue? header = user.Text("tokenFile") is { } path
            ? ApiCredentials.Bearer(await user.ReadFileAsync(path, cancellation).ConfigureAwait(false)).Authorization
            : user.Text("token") is { } token ? ApiCredentials.Bearer(token).Authorization
            : user.Text("username") is { } name ? Basic(name, user.Text("password") ?? "")
            : null;
        return new ApiCredentials(header, certificate);
    }

    private static X509Certificate2? Certificate(KubeConfigEntry user)
    {
        if (user.Pem("client-certificate") is not { } certificate)
        {
            return null;
        }

        string key = user.Pem("client-key") ?? throw new UserInputException($"{user.Place}: has a client-certificate and no client-key");
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new UserInputException($"{user.Place}: client-certificate and client-key do not fit: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private static AuthenticationHeaderValue Basic(string name, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    private KubeConfigEntry Find(string list, string content, string name) =>
        files.Select(file => file.Find(list, content, name)).FirstOrDefault(entry => entry is not null)
        ?? throw new UserInputException($"{Paths}: has no {content} {name}{Known(list)}");

    private string Known(string list) =>
        files.SelectMany(file => file.Names(list)).Distinct(StringComparer.Ordinal).ToArray() is { Length: > 0 } names ? $"; it has {string.Join(", ", names)}" : "";
}
