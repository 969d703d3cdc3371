namespace NSft.Grains.Run;

/// <summary>Where the lines of one file of a journal are.</summary>
internal interface IJournalPlace
{
    /// <summary>Reads all whole lines and makes ready to add.</summary>
    Task<IReadOnlyList<string>> OpenAsync();

    /// <summary>Adds lines, all of them or none.</summary>
    Task AppendAsync(IReadOnlyList<string> lines);

    /// <summary>Takes back what lines before said.</summary>
    /// <param name="lines">All that remains.</param>
    /// <param name="note">A line that says the same of those before it; for places that can only be added to.</param>
    Task AmendAsync(IReadOnlyList<string> lines, string note);
}
