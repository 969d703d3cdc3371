using System.ClientModel.Primitives;

namespace NSft.Data.Chat.OpenAi;

/// <summary>Takes the key out of requests to servers that want none: the client cannot do without one.</summary>
internal sealed class NoKeyPolicy : PipelinePolicy
{
    /// <summary>What the client is given in place of a key; it is never sent.</summary>
    public const string Placeholder = "none";

    private const string Header = "Authorization";

    /// <inheritdoc/>
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        message.Request.Headers.Remove(Header);
        ProcessNext(message, pipeline, currentIndex);
    }

    /// <inheritdoc/>
    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        message.Request.Headers.Remove(Header);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }
}
