namespace NSft.Client.Parsing;

/// <summary>A state directory and why it is this one.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Origin">The option or variable that named it, or <c>default</c>.</param>
internal sealed record StateChoice(string Path, string Origin);
