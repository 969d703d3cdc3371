namespace NSft.Client.Iteration;

/// <summary>Construction in numbers.</summary>
/// <param name="Turns">Corrective turns.</param>
/// <param name="YesShare">Share of turns answered yes.</param>
/// <param name="WithoutErrors">Pairs in whose rejected answer no error was found.</param>
internal sealed record ConstructedStage(int Turns, double YesShare, int WithoutErrors);
