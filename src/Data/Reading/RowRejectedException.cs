namespace NSft.Data.Reading;

/// <summary>Carries the reason why the row being read cannot be used; never leaves this folder.</summary>
internal sealed class RowRejectedException(string reason, string hint) : Exception(reason)
{
    /// <summary>What the user can do about it.</summary>
    public string Hint { get; } = hint;
}
