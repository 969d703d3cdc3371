using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Hosting;

/// <summary>What a sampling job reports while it goes on.</summary>
/// <param name="Phase">Where the job is.</param>
/// <param name="Completions">Completions that are there.</param>
/// <param name="FoundCompletions">Those that were in the work directory when the job began.</param>
/// <param name="TotalCompletions">Completions of the job; 0 until the data was read.</param>
/// <param name="Tokens">Tokens of the completions that are there.</param>
public sealed record SamplingProgress(RunPhase Phase, long Completions, long FoundCompletions, long TotalCompletions, long Tokens);
