namespace NSft.Grains.Contracts.Messages;

/// <summary>Who has to act on a failure. Values are explicit and append only: they are persisted.</summary>
public enum FailureKind
{
    /// <summary>The input is wrong: the message names the file and row, tensor or option.</summary>
    UserInput = 1,

    /// <summary>A worker failed while it computed or exchanged.</summary>
    Worker = 2,

    /// <summary>Workers that must agree do not: plan, gradient norm or weights differ.</summary>
    Divergence = 3,

    /// <summary>A step found no unanimous vote within its tries.</summary>
    NoAgreement = 4,

    /// <summary>The coordinator was lost while the run went on.</summary>
    Coordinator = 5,

    /// <summary>A worker or its silo is gone, or does not answer.</summary>
    Lost = 6,

    /// <summary>The worker has promised itself to a newer view: whoever asked is no longer the coordinator.</summary>
    Superseded = 7,
}
