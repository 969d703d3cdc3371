namespace NSft.Grains.LocalCopies;

/// <summary>What of a run's input is brought to this machine.</summary>
public enum InputScope
{
    /// <summary>All that training reads: of the images those that rows name.</summary>
    Training,

    /// <summary>What is needed to check rows and options: no weights and no images.</summary>
    Checking,
}
