using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NSft.Client.Output;
using NSft.Grains.Hosting.Settings;
using NSft.Grains.LocalCopies;
using NSft.Storage;
using NSft.Training;

namespace NSft.Client.Remote;

/// <summary>How the console reaches addresses: with the account of its configuration, through the copies of this machine.</summary>
internal static class ConsoleStores
{
    private const long LeastShownBytes = 16L << 20;
    private const int MegabyteShift = 20;

    /// <summary>Stores of the configured account.</summary>
    /// <exception cref="Collectives.UserInputException">The configuration cannot be used.</exception>
    public static IObjectStores Open() => new ObjectStores(ConsoleSettings.Read().Storage);

    /// <summary>Copies of what lies at addresses.</summary>
    /// <exception cref="Collectives.UserInputException">The configuration cannot be used.</exception>
    public static CopyCache Copies()
    {
        NSftConfiguration settings = ConsoleSettings.Read();
        return new CopyCache(new ObjectStores(settings.Storage), settings.Cache, TimeProvider.System);
    }

    /// <summary>Brings a run's input to this machine.</summary>
    /// <exception cref="Collectives.UserInputException">Something is not there, cannot be read, or has no room here.</exception>
    public static Task<LocalInputs> InputsAsync(TrainingOptions options, InputScope scope, CancellationToken cancellation)
    {
        string?[] places = [options.ModelDirectory, options.TokenizerPath, options.DataPath, options.ImageDirectory, options.CorrectivePath, options.Template];
        return places.Any(place => place is not null && StoreAddress.IsBlob(place))
            ? FetchAsync(progress => LocalInputs.FetchAsync(options, scope, Copies(), progress, cancellation))
            : LocalInputs.FetchAsync(options, scope, Copies(), progress: null, cancellation);
    }

    /// <summary>Room on this machine for files on their way.</summary>
    public static ScratchFolder Scratch() => new(Path.Combine(ConsoleSettings.Read().Cache.ResolveDirectory(), "scratch"));

    /// <summary>Gives the silos of this process the configured account.</summary>
    public static void Configure(IServiceCollection services)
    {
        NSftConfiguration settings = ConsoleSettings.Read();
        services.AddSingleton(Options.Create(settings.Storage));
        services.AddSingleton(Options.Create(settings.Cache));
    }

    /// <summary>Fetches with progress on standard error, for what takes a while.</summary>
    public static Task<T> FetchAsync<T>(Func<IProgress<CopyProgress>, Task<T>> fetch) =>
        ConsoleProgress.RunAsync("fetching", "MB", progress => fetch(new Megabytes(progress)));

    private sealed class Megabytes(IProgress<ProgressUpdate> target) : IProgress<CopyProgress>
    {
        public void Report(CopyProgress value)
        {
            if (value.TotalBytes >= LeastShownBytes)
            {
                target.Report(new ProgressUpdate(value.DoneBytes >> MegabyteShift, value.TotalBytes >> MegabyteShift, value.Address.ToString()));
            }
        }
    }
}
