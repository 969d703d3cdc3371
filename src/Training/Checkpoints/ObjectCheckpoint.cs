using NSft.Collectives;
using NSft.Storage;

namespace NSft.Training.Checkpoints;

/// <summary>A checkpoint in an object store. Its files come to the local disk one after the other, each no longer than it is read.</summary>
/// <param name="store">The checkpoint's own address.</param>
/// <param name="scratch">Room for a file.</param>
internal sealed class ObjectCheckpoint(IObjectStore store, ScratchFolder scratch) : ICheckpointSource
{
    /// <inheritdoc/>
    public string Place => store.Address.ToString();

    /// <inheritdoc/>
    public CheckpointManifest ReadManifest()
    {
        StoredContent? content = Wait(store.ReadAsync(CheckpointManifest.FileName, CancellationToken.None));
        string path = $"{Place}/{CheckpointManifest.FileName}";
        return content is null
            ? throw new UserInputException($"{path}: the checkpoint's manifest cannot be read: it is not there")
            : CheckpointManifest.Parse(path, content.Content.Span);
    }

    /// <inheritdoc/>
    public void Read(CheckpointFile file, StateWriter take) => WithLocal(file, folder => CheckpointPartFile.Read(folder, file, take));

    /// <summary>Throws unless a file is as its manifest says.</summary>
    /// <exception cref="UserInputException">The file is missing or damaged.</exception>
    internal async Task VerifyAsync(CheckpointFile file, CancellationToken cancellationToken)
    {
        ObjectFacts? facts = await store.FindAsync(file.Name, cancellationToken).ConfigureAwait(false);
        EnsureFits(file, facts);
        if (facts!.Sha256 is null)
        {
            await Task.Run(() => WithLocal(file, folder => CheckpointPartFile.Verify(folder, file)), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Loading happens on the worker's own thread, which holds the tensors and has nothing else to do.</summary>
    private static T Wait<T>(Task<T> task) =>
#pragma warning disable VSTHRD002 // No context is captured there that the task could need.
        task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    /// <summary>Throws unless what is stored can be a file of a manifest.</summary>
    /// <exception cref="UserInputException">It is missing, or has another size or content.</exception>
    private void EnsureFits(CheckpointFile file, ObjectFacts? facts)
    {
        string path = $"{Place}/{file.Name}";
        if (facts is null || facts.Bytes != file.Bytes)
        {
            throw new UserInputException(FormattableString.Invariant($"{path}: the checkpoint's file is missing or does not have {file.Bytes} bytes"));
        }

        if (facts.Sha256 is not null && facts.Sha256 != file.Sha256)
        {
            throw new UserInputException($"{path}: the checkpoint's file is damaged: its SHA-256 is not the manifest's");
        }
    }

    private void WithLocal(CheckpointFile file, Action<string> use)
    {
        string folder = scratch.Make();
        try
        {
            _ = Wait(store.DownloadAsync(file.Name, Path.Combine(folder, file.Name), null, CancellationToken.None));
            use(folder);
        }
        catch (UserInputException exception) when (!exception.Message.StartsWith(Place, StringComparison.Ordinal))
        {
            throw new UserInputException($"{Place}/{file.Name}: {exception.Message}", exception);
        }
        finally
        {
            ScratchFolder.Remove(folder);
        }
    }
}
