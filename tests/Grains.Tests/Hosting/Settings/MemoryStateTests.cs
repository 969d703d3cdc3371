using NSft.Grains.Hosting;
using Orleans.Hosting;
using Orleans.Storage;

namespace NSft.Grains.Tests.Hosting.Settings;

public sealed class MemoryStateTests : GrainStateContract, IDisposable
{
    private readonly StateHost _host = StateHost.Build(silo => silo.AddMemoryGrainStorage(GrainStorageNames.State));
    private bool _isStarted;

    public void Dispose() => _host.Dispose();

    private protected override async Task<IGrainStorage> OneAsync()
    {
        if (!_isStarted)
        {
            await _host.StartAsync();
            _isStarted = true;
        }

        return _host.Storage;
    }

    private protected override Task<IGrainStorage> OtherAsync() => OneAsync();
}
