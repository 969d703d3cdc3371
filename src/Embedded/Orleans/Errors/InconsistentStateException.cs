using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Stored state was changed by somebody else since it was read.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    /// <summary>An error without a message.</summary>
    public InconsistentStateException()
    {
    }

    /// <summary>An error with a message.</summary>
    public InconsistentStateException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and a cause.</summary>
    public InconsistentStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error with both ETags.</summary>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : base(errorMsg)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>An error with both ETags and what the store said.</summary>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception storageException)
        : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>The ETag in the store.</summary>
    [Id(0)]
    public string? StoredEtag { get; private set; }

    /// <summary>The ETag of the writer.</summary>
    [Id(1)]
    public string? CurrentEtag { get; private set; }

    /// <summary>True until the error has left the activation whose state it is about.</summary>
    internal bool IsSourceActivation { get; set; } = true;

    /// <inheritdoc/>
    public override string ToString() => $"{base.ToString()} (stored ETag {StoredEtag}, current ETag {CurrentEtag})";
}
