using Microsoft.Extensions.Configuration;
using NSft.Collectives;
using NSft.Grains.Hosting.Settings;

namespace NSft.Silo;

/// <summary>Where a silo answers about itself: <c>/metrics</c> and <c>/healthz/*</c>. Section <c>Http</c> of the configuration.</summary>
internal sealed record HttpOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Http";

    /// <summary>Port, 0 for a free one; null to answer nowhere.</summary>
    public int? Port { get; init; }

    /// <summary>Address of this machine to listen on, or <c>*</c> for all of them. Nothing that is told is secret, and nobody is asked who they are.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Meters whose instruments are told.</summary>
    public IReadOnlyList<string> Meters { get; init; } = ["NSft"];

    /// <summary>Reads the section, and checks it.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <exception cref="UserInputException">A setting does not exist or cannot be used.</exception>
    public static HttpOptions Read(IConfiguration configuration)
    {
        var options = SectionReader.Read<HttpOptions>(configuration, Section);
        HttpOptionsValidator.Ensure(options);
        return options;
    }
}
