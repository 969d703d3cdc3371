namespace TorchSharp;

/// <summary>Switches recording of gradients on this thread until disposed.</summary>
internal sealed class GradientMode : IDisposable
{
    private readonly bool _before;
    private bool _ended;

    internal GradientMode(bool enabled)
    {
        _before = Native.nsft_grad_enabled() != 0;
        Native.nsft_set_grad_enabled(enabled ? 1 : 0);
    }

    public void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            Native.nsft_set_grad_enabled(_before ? 1 : 0);
        }
    }
}
