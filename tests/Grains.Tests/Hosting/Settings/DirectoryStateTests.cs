using Microsoft.Extensions.Options;
using NSft.Grains.Hosting.StateDirectory;
using NSft.Grains.Tests.Testing;
using Orleans.Storage;

namespace NSft.Grains.Tests.Hosting.Settings;

public sealed class DirectoryStateTests : GrainStateContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private protected override Task<IGrainStorage> OneAsync() => Task.FromResult<IGrainStorage>(
        new FileGrainStorage("nsft", Options.Create(new StateDirectoryOptions { Path = _directory.At("cluster") }), TimeProvider.System));

    private protected override Task<IGrainStorage> OtherAsync() => OneAsync();
}
