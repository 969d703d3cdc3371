using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Messaging;

namespace NSft.Grains.Hosting.StateDirectory;

/// <summary>Tells clients the gateways of the active silos of a membership table.</summary>
/// <param name="table">The table.</param>
/// <param name="options">How often it is read.</param>
internal sealed class FileGatewayListProvider(FileMembershipTable table, IOptions<StateDirectoryOptions> options) : IGatewayListProvider
{
    /// <inheritdoc/>
    public TimeSpan MaxStaleness => options.Value.Membership.TableRefresh;

    /// <inheritdoc/>
    public bool IsUpdatable => true;

    /// <inheritdoc/>
    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<IList<Uri>> GetGateways()
    {
        var all = await table.ReadAll();
        return [.. all.Members
            .Select(row => row.Item1)
            .Where(entry => entry.Status == SiloStatus.Active && entry.ProxyPort > 0)
            .Select(entry => new Uri(string.Create(CultureInfo.InvariantCulture, $"gwy.tcp://{entry.SiloAddress.Endpoint.Address}:{entry.ProxyPort}/{entry.SiloAddress.Generation}")))];
    }
}
