using System.Collections.Concurrent;

namespace NSft.Grains.Sampling;

/// <summary>The one thread that holds a sampler's tensors, with a queue of work: dispose scopes and gradient mode belong to a thread.</summary>
internal sealed class SamplerThread : IAsyncDisposable
{
    private readonly BlockingCollection<Action> _queue = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<IPromptSampler> _open;
    private IPromptSampler? _sampler;

    /// <summary>Starts the thread; the model is loaded with the first work.</summary>
    /// <param name="name">Name of the thread, and of the device's owner.</param>
    /// <param name="runId">The run of the job that it samples for.</param>
    /// <param name="open">Loads the model.</param>
    internal SamplerThread(string name, string runId, Func<IPromptSampler> open)
    {
        Name = name;
        RunId = runId;
        _open = open;
        new Thread(Run) { Name = $"nsft {name}", IsBackground = true }.Start();
    }

    /// <summary>Name of the thread, and of the device's owner.</summary>
    internal string Name { get; }

    /// <summary>The run of the job that it samples for.</summary>
    internal string RunId { get; }

    /// <summary>When it was given back last, in timestamps of the silo's clock.</summary>
    internal long IdleSince { get; set; }

    /// <summary>Runs work on the thread.</summary>
    /// <param name="work">The work; looks at its token between batches.</param>
    /// <exception cref="OperationCanceledException">The thread is being closed.</exception>
    internal Task<T> RunAsync<T>(Func<IPromptSampler, CancellationToken, T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _queue.Add(() => Complete(completion, work));
        }
        catch (InvalidOperationException)
        {
            completion.SetCanceled();
        }

        return completion.Task;
    }

    /// <summary>Ends with the batch that is being answered, frees the model and waits for the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _queue.CompleteAdding();
        await _ended.Task;
    }

    private void Complete<T>(TaskCompletionSource<T> completion, Func<IPromptSampler, CancellationToken, T> work)
    {
        try
        {
            _closing.Token.ThrowIfCancellationRequested();
            _sampler ??= _open();
            completion.SetResult(work(_sampler, _closing.Token));
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            completion.SetCanceled();
        }
#pragma warning disable CA1031 // Whatever the work throws belongs to the caller that awaits it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            completion.SetException(exception);
        }
    }

    private void Run()
    {
        try
        {
            foreach (var work in _queue.GetConsumingEnumerable())
            {
                work();
            }

            _sampler?.Dispose();
        }
        finally
        {
            _queue.Dispose();
            _ended.SetResult();
        }
    }
}
