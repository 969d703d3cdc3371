namespace NSft.Client.Output;

/// <summary>Passes on counts as progress of a known total.</summary>
internal sealed class CountProgress(IProgress<ProgressUpdate> target, int total) : IProgress<int>
{
    /// <inheritdoc/>
    public void Report(int value) => target.Report(new ProgressUpdate(value, total));
}
