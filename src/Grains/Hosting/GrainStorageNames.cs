namespace NSft.Grains.Hosting;

/// <summary>Names of grain storage that NSft's grains ask for.</summary>
public static class GrainStorageNames
{
    /// <summary>State of runs and jobs.</summary>
    public const string State = "nsft";
}
