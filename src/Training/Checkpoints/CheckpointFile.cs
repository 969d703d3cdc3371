using NSft.Collectives;

namespace NSft.Training.Checkpoints;

/// <summary>One file of a checkpoint, as its manifest lists it.</summary>
/// <param name="Name">File name within the checkpoint's folder.</param>
/// <param name="Range">Elements of the flat vector whose state it holds; empty for a file that only goes with them.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">Hash of the content, lower-case hexadecimal.</param>
public sealed record CheckpointFile(string Name, ElementRange Range, long Bytes, string Sha256);
