using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NSft.Tests.Servers;

/// <summary>A certificate authority that lives as long as a test.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _root;

    public TestAuthority()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _root = request.CreateSelfSigned(Today.AddYears(-10), Today.AddYears(10));
    }

    private static DateTimeOffset Today => TimeProvider.System.GetUtcNow();

    /// <summary>Its own certificate, as files have it.</summary>
    public string Pem => _root.ExportCertificatePem();

    /// <summary>A certificate with its key.</summary>
    /// <param name="host">The name or address that it is for.</param>
    /// <param name="years">Years until it ends; below zero it has ended.</param>
    public X509Certificate2 Issue(string host, int years = 1)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={host}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 issued = request.Create(_root, Today.AddYears(-5), Today.AddYears(years), Guid.NewGuid().ToByteArray());
        return issued.CopyWithPrivateKey(key);
    }

    public void Dispose() => _root.Dispose();
}
