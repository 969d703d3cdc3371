using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Chat;

/// <summary>One gate for all silos. Nothing is persisted: one that follows a lost gate starts with no allowance, and learns again who fails.</summary>
[GrainType("nsft.chat-gate")]
internal sealed class ChatGateGrain(TimeProvider time) : Grain, IChatGateGrain
{
    private readonly EndpointGate _gate = new(time);

    /// <inheritdoc/>
    public Task<GateReply> AskAsync(GateRequest request) => Task.FromResult(_gate.Ask(request));
}
