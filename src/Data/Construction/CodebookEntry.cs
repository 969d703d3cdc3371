namespace NSft.Data.Construction;

/// <summary>A kind of error.</summary>
/// <param name="Code">Its short name.</param>
/// <param name="Level"><c>instance</c> for errors about one object, <c>image</c> for errors about the whole.</param>
/// <param name="Description">What it means, for people and for prompts.</param>
public sealed record CodebookEntry(string Code, string Level, string Description);
