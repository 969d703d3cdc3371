namespace NSft.Client.Quickstart;

/// <summary>What all runs of a quickstart share.</summary>
/// <param name="WorkerCount">Workers of each run.</param>
/// <param name="Epochs">Passes over the pairs.</param>
/// <param name="GlobalBatch">Pairs of one step.</param>
internal readonly record struct RunShape(int WorkerCount, int Epochs, int GlobalBatch);
