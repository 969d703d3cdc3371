namespace NSft.Grains.ShardWorker;

/// <summary>What a worker's session is opened with.</summary>
/// <param name="WorkerKey">Key of the worker, for messages.</param>
/// <param name="OptionsJson">The training options of the run.</param>
/// <param name="DatasetHash">Content hash that the data file must have.</param>
/// <param name="Device">Index of the worker's device on its silo.</param>
internal sealed record SessionOrder(string WorkerKey, string OptionsJson, string DatasetHash, int Device);
