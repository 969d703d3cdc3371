namespace Orleans.Runtime;

/// <summary>What a placement strategy decides on.</summary>
/// <param name="Grain">The grain to place.</param>
/// <param name="Local">The silo that asks.</param>
/// <param name="Silos">Active silos, sorted.</param>
/// <param name="Counts">Activations of each silo in <paramref name="Silos"/>.</param>
/// <param name="Dice">A number that differs from question to question.</param>
internal sealed record PlacementQuestion(GrainId Grain, SiloAddress Local, SiloAddress[] Silos, int[] Counts, uint Dice);
