using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>Keeps one job's budget; the key is the job id.</summary>
[Alias("nsft.spending")]
public interface ISpendingGrain : IGrainWithStringKey
{
    /// <summary>Tells what was spent and asks for more. What is granted is persisted before it is told, so no loss of a silo lets the job exceed its budget.</summary>
    /// <param name="request">A silo's spending.</param>
    [Alias("ask")]
    Task<SpendingReply> AskAsync(SpendingRequest request);
}
