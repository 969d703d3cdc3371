using System.Collections.Concurrent;

namespace NSft.Embedded.Orleans.Contract;

/// <summary>Events that grains and tests wait for, by name.</summary>
internal sealed class Signals
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<object?>> _events = new();

    public void Set(string name, object? value = null) => Of(name).TrySetResult(value);

    public bool IsSet(string name) => Of(name).Task.IsCompleted;

    public Task<object?> Wait(string name) => WaitUnlessCancelled(name, CancellationToken.None);

    public async Task<object?> WaitUnlessCancelled(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await Of(name).Task.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The event \"{name}\" did not come.");
        }
    }

    private TaskCompletionSource<object?> Of(string name) =>
        _events.GetOrAdd(name, _ => new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously));
}
