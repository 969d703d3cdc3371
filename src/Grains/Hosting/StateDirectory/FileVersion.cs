namespace NSft.Grains.Hosting.StateDirectory;

/// <summary>One published content of a <see cref="VersionedFile"/>.</summary>
/// <param name="Number">Its number; later content has a larger one.</param>
/// <param name="Id">What tells it from any other content.</param>
/// <param name="ParentId">The content that it was made from.</param>
/// <param name="Body">The content itself.</param>
internal sealed record FileVersion(int Number, string Id, string ParentId, byte[] Body);
