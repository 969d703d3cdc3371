using NSft.Grains.LocalCopies;

namespace NSft.Grains.ShardWorker;

/// <summary>What a worker's session is opened with.</summary>
/// <param name="WorkerKey">Key of the worker, for messages.</param>
/// <param name="OptionsJson">The training options of the run.</param>
/// <param name="DatasetHash">Identity that the input must have.</param>
/// <param name="Device">Index of the worker's device on its silo.</param>
/// <param name="Inputs">The input on this machine; null before it is fetched.</param>
internal sealed record SessionOrder(string WorkerKey, string OptionsJson, string DatasetHash, int Device, LocalInputs? Inputs = null);
