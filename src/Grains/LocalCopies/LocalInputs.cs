using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Data;
using NSft.Training;
using NSft.Training.Samples;

namespace NSft.Grains.LocalCopies;

/// <summary>The input of a run on this machine: options whose addresses have become paths. The copies stay until this is disposed.</summary>
public sealed class LocalInputs : IDisposable
{
    private const string WeightsEnding = ".safetensors";

    private readonly CopySet _copies;
    private readonly LocalCopy? _images;

    private LocalInputs(TrainingOptions options, CopySet copies, LocalCopy? images)
    {
        Options = options;
        _copies = copies;
        _images = images;
    }

    /// <summary>The options with local paths.</summary>
    public TrainingOptions Options { get; }

    /// <summary>Brings what options name to this machine; what is local already stays where it is.</summary>
    /// <param name="options">The options; places may be addresses.</param>
    /// <param name="scope">How much is needed.</param>
    /// <param name="cache">Keeps the copies.</param>
    /// <param name="progress">Told of bytes; null for nobody.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="UserInputException">Something is not there, cannot be read, or has no room here.</exception>
    public static async Task<LocalInputs> FetchAsync(
        TrainingOptions options, InputScope scope, CopyCache cache, IProgress<CopyProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var copies = new CopySet(cache);
        try
        {
            var data = await copies.CopyAsync(options.DataPath, progress, cancellation);
            var local = options with
            {
                DataPath = data,
                CorrectivePath = options.CorrectivePath is { } corrective ? await copies.CopyAsync(corrective, progress, cancellation) : null,
                TokenizerPath = await copies.CopyAsync(options.TokenizerPath, progress, cancellation),
                Template = await copies.CopyAsync(options.Template, progress, cancellation),
                ModelDirectory = await copies.PlaceAsync(options.ModelDirectory, FetchModelAsync, cancellation),
                ImageDirectory = await copies.PlaceAsync(options.ImageDirectory, FetchImagesAsync, cancellation),
            };
            return new LocalInputs(local, copies, copies.Find(options.ImageDirectory));

            Task FetchModelAsync(LocalCopy model) => scope == InputScope.Training
                ? model.FetchAsync(progress, cancellation)
                : FetchConfigurationAsync(model, progress, cancellation);

            Task FetchImagesAsync(LocalCopy images) => scope == InputScope.Training ? images.FetchAsync(ImagesOf(data), progress, cancellation) : Task.CompletedTask;
        }
        catch
        {
            copies.Dispose();
            throw;
        }
    }

    /// <summary>Fetches all of a model but its weights.</summary>
    /// <param name="model">The copy of a model's folder.</param>
    /// <param name="progress">Told of bytes; null for nobody.</param>
    /// <param name="cancellation">Gives it up.</param>
    public static Task FetchConfigurationAsync(LocalCopy model, IProgress<CopyProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.FetchAsync(name => !name.EndsWith(WeightsEnding, StringComparison.Ordinal), progress, cancellation);
    }

    /// <summary>Reads and encodes the rows, without asking for images that were left where they are.</summary>
    /// <exception cref="UserInputException">As <see cref="TrainingData.Load(TrainingOptions)"/>.</exception>
    public TrainingData LoadData()
    {
        try
        {
            return TrainingData.Load(Options, _images is null ? null : _images.Has);
        }
        catch (UserInputException exception)
        {
            throw Explain(exception);
        }
    }

    /// <summary>Names the input as it is now, so that machines can tell that they read the same.</summary>
    /// <exception cref="UserInputException">The data cannot be read.</exception>
    public string Identity() => _copies.Identity(FileHash.OfPath(Options.DataPath));

    /// <summary>The same error with addresses in place of paths of copies.</summary>
    public UserInputException Explain(UserInputException exception) => _copies.Explain(exception);

    /// <summary>Lets the copies be removed when room is needed.</summary>
    public void Dispose() => _copies.Dispose();

    // Which rows can be used is decided where they are read for training.
    private static IEnumerable<string> ImagesOf(string dataPath) =>
        PreferenceReader.Stream(dataPath, new PreferenceReadOptions { RequireRejected = false }).Select(read => read.Pair?.Image).OfType<string>();
}
