using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>Rates answers with a chat model, one prompt at a time; the key names a lane of a job. Keeps nothing: asking again is free where answers are kept.</summary>
[Alias("nsft.judge")]
public interface IJudgeGrain : IGrainWithStringKey
{
    /// <summary>Rates all answers of a prompt.</summary>
    /// <param name="request">The prompt.</param>
    [Alias("rate"), ResponseTimeout("02:00:00")]
    Task<RateReport> RateAsync(RateRequest request);
}
