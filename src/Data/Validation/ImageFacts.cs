namespace NSft.Data.Validation;

/// <summary>What is known of an image.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Mode">Its colours as PIL names them, such as RGB, L, P or CMYK; all of them become RGB.</param>
public sealed record ImageFacts(int Width, int Height, string Mode);
