namespace TorchSharp;

/// <summary>libtorch's inference mode on this thread until disposed there.</summary>
internal sealed class InferenceMode : IDisposable
{
    private nint _guard;

    internal InferenceMode(bool enabled)
    {
        _guard = Native.nsft_inference_enter(enabled ? 1 : 0);
        if (_guard == 0)
        {
            throw Native.Failure();
        }
    }

    public void Dispose()
    {
        nint guard = Interlocked.Exchange(ref _guard, 0);
        if (guard != 0)
        {
            Native.nsft_inference_leave(guard);
        }
    }
}
