using Microsoft.Extensions.Hosting;

namespace Orleans.Runtime;

/// <summary>Connects and disconnects the client with its host.</summary>
internal sealed class ClientHostedService(EmbeddedClient client) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => client.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken)
    {
        client.Stop();
        return Task.CompletedTask;
    }
}
