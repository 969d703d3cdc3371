namespace NSft.Data.Formats.LlamaFactory;

/// <summary>An entry of a registry.</summary>
/// <param name="Name">Name of the set.</param>
/// <param name="FileName">Its file, relative to the registry.</param>
/// <param name="Columns">What its fields hold.</param>
/// <param name="Json">The entry as it stands in the registry.</param>
internal sealed record LlamaFactoryEntry(string Name, string FileName, LlamaFactoryColumns Columns, string Json);
