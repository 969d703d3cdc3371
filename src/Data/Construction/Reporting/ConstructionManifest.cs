namespace NSft.Data.Construction.Reporting;

/// <summary>What a corrective file was made of and with, so that it can be made again.</summary>
/// <param name="Data">Name of the preference file.</param>
/// <param name="DataHash">SHA-256 of the preference data.</param>
/// <param name="Provenance">Constructor, vocabulary, model and prompt.</param>
/// <param name="Options">Further options that the result depends on, by the names that the command has for them.</param>
/// <param name="OutputHash">SHA-256 of the corrective file.</param>
public sealed record ConstructionManifest(
    string Data,
    string DataHash,
    ConstructionProvenance Provenance,
    IReadOnlyDictionary<string, string> Options,
    string OutputHash);
