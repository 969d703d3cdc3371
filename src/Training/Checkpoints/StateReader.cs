using NSft.Collectives;
using NSft.Training.Sessions;

namespace NSft.Training.Checkpoints;

/// <summary>Copies state that a worker holds, as <see cref="TrainingSession.ReadState"/> does.</summary>
/// <param name="parts">What to copy.</param>
/// <param name="range">Elements of the flat vector.</param>
/// <param name="destination">Receives the bytes.</param>
/// <returns>The step that it is the state of.</returns>
internal delegate int StateReader(StateParts parts, ElementRange range, Span<byte> destination);
