using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace NSft.Client.Kubernetes;

/// <summary>Judges the certificate of an API server, and remembers what was wrong with it: the failure of a connection does not say.</summary>
/// <param name="server">The server.</param>
internal sealed class ServerTrust(ApiServer server)
{
    /// <summary>What was wrong with the last certificate; null for nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether a certificate will do.</summary>
    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Problem = server.SkipsVerification ? null
            : certificate is not X509Certificate2 shown ? "it shows no certificate"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"its certificate is for {NamesOf(shown)}, not for {server.ServerName ?? server.Address.Host}"
            : server.Authorities is { } authorities ? Verify(shown, chain, authorities)
            : errors == SslPolicyErrors.None ? null
            : $"its certificate is not trusted: {StatusOf(chain)}; a kubeconfig names its authority as certificate-authority-data";
        return Problem is null;
    }

    private static string? Verify(X509Certificate2 certificate, X509Chain? shown, X509Certificate2Collection authorities)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ExtraStore.AddRange(shown?.ChainElements.Select(element => element.Certificate).ToArray() ?? []);
        return chain.Build(certificate) ? null
            : certificate.NotAfter.ToUniversalTime() < TimeProvider.System.GetUtcNow().UtcDateTime
                ? string.Create(CultureInfo.InvariantCulture, $"its certificate ended on {certificate.NotAfter:yyyy-MM-dd}")
                : "its certificate is not from the authority that the kubeconfig names: it is another cluster, or the cluster was made anew";
    }

    private static string NamesOf(X509Certificate2 certificate)
    {
        X509SubjectAlternativeNameExtension? names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        string[] all = [.. names?.EnumerateDnsNames() ?? [], .. names?.EnumerateIPAddresses().Select(address => address.ToString()) ?? []];
        return all.Length > 0 ? string.Join(", ", all) : certificate.Subject;
    }

    private static string StatusOf(X509Chain? chain) =>
        chain?.ChainStatus.Select(status => status.StatusInformation.Trim().TrimEnd('.')).FirstOrDefault(text => text.Length > 0) ?? "its authority is unknown";
}
