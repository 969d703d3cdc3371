namespace NSft.Grains.Contracts.Messages;

/// <summary>Where a worker is on its way. Values are explicit and append only.</summary>
public enum WorkerStage
{
    /// <summary>It loads model and data.</summary>
    Opening = 1,

    /// <summary>It has loaded and waits for a view.</summary>
    Ready = 2,

    /// <summary>It copies the state while steps go on.</summary>
    Joining = 3,

    /// <summary>It computes.</summary>
    Active = 4,

    /// <summary>It leaves at the next step boundary.</summary>
    Draining = 5,
}
