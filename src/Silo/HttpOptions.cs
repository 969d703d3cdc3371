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
}
