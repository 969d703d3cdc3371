using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>Keeps the pace of one model of one server for the whole cluster; the key names both.</summary>
[Alias("nsft.chat-gate")]
public interface IChatGateGrain : IGrainWithStringKey
{
    /// <summary>Tells what became of requests and asks for more; answered at once.</summary>
    /// <param name="request">A silo's requests.</param>
    [Alias("ask")]
    Task<GateReply> AskAsync(GateRequest request);
}
