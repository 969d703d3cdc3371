namespace NSft.Data.Construction.Reporting;

/// <summary>Whether a conversation can do without a turn.</summary>
internal enum TurnUse
{
    /// <summary>It cannot: nothing else corrects the error, or nothing would be left.</summary>
    Needed,

    /// <summary>It corrects nothing.</summary>
    Spare,

    /// <summary>Another turn, which stays, corrects the same error.</summary>
    Doubled,
}
