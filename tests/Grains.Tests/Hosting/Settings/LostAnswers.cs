using Azure.Core;
using Azure.Core.Pipeline;

namespace NSft.Grains.Tests.Hosting.Settings;

/// <summary>Lets a write reach the service and loses the answer.</summary>
internal sealed class LostAnswers : HttpPipelinePolicy
{
    private Func<Task>? _next;

    internal int Lost { get; private set; }

    internal void LoseNext(Func<Task>? meanwhile = null) => _next = meanwhile ?? (() => Task.CompletedTask);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Request.Method == RequestMethod.Put && _next is { } meanwhile)
        {
            _next = null;
            Lost++;
            await meanwhile();
            throw new IOException("The connection was closed before the answer came.");
        }
    }
}
