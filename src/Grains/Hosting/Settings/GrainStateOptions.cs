namespace NSft.Grains.Hosting.Settings;

/// <summary>Where runs and jobs keep their state. Section <c>State</c> of the configuration, or the environment (<c>State__Provider=azblob</c>).</summary>
public sealed record GrainStateOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "State";

    /// <summary>Where; null for the state directory if there is one, blobs if the cluster spans machines, else memory.</summary>
    public GrainStateProvider? Provider { get; init; }

    /// <summary>The container; made when it is not there. One cluster keeps its state in it: two would take each other's runs for their own. Blobs only.</summary>
    public string Container { get; init; } = "nsft-state";
}
