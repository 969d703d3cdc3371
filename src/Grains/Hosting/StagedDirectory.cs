using NSft.Collectives;

namespace NSft.Grains.Hosting;

/// <summary>
/// A result directory in the making: written beside its final place and published whole, so that a run that ends early leaves nothing.
/// </summary>
internal sealed class StagedDirectory : IDisposable
{
    private readonly string _final;
    private bool _isPublished;

    private StagedDirectory(string final, string staging)
    {
        _final = final;
        Path = staging;
    }

    /// <summary>Where to write.</summary>
    internal string Path { get; }

    /// <summary>Makes an empty directory beside the final one.</summary>
    /// <exception cref="UserInputException">The place cannot be written.</exception>
    internal static StagedDirectory Create(string final)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(final));
        if (File.Exists(full))
        {
            throw new UserInputException($"{final}: the output directory is a file");
        }

        var staging = $"{full}.partial-{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(staging);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{final}: the output directory cannot be written: {exception.Message}", exception);
        }

        return new StagedDirectory(full, staging);
    }

    /// <summary>
    /// Puts the result in place: one rename when nothing is there, else file by file over an older result, other files staying as they are.
    /// </summary>
    internal void Publish()
    {
        Publish(Path, _final);
        _isPublished = true;
    }

    /// <summary>Puts a written directory in a place.</summary>
    /// <param name="staging">What was written.</param>
    /// <param name="final">Where it belongs.</param>
    internal static void Publish(string staging, string final)
    {
        if (Directory.Exists(final))
        {
            MoveInto(staging, final);
            Directory.Delete(staging, recursive: true);
        }
        else
        {
            Directory.Move(staging, final);
        }
    }

    /// <summary>Deletes what was not published.</summary>
    public void Dispose()
    {
        if (!_isPublished && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static void MoveInto(string source, string target)
    {
        foreach (var directory in Directory.EnumerateDirectories(source))
        {
            var into = System.IO.Path.Combine(target, System.IO.Path.GetFileName(directory));
            Directory.CreateDirectory(into);
            MoveInto(directory, into);
        }

        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Move(file, System.IO.Path.Combine(target, System.IO.Path.GetFileName(file)), overwrite: true);
        }
    }
}
