using NSft.Model;

namespace NSft.Training.Sessions;

/// <summary>The reference of an adapter run: the base model, that is the adapter turned off. Costs no memory.</summary>
/// <param name="model">A model with an adapter attached.</param>
internal sealed class AdapterOffReference(LlavaModel model) : IReferencePolicy
{
    public long Bytes => 0;

    public IDisposable Use()
    {
        model.AdapterEnabled = false;
        return new Reenabling(model);
    }

    public void Dispose()
    {
    }

    private sealed class Reenabling(LlavaModel model) : IDisposable
    {
        public void Dispose() => model.AdapterEnabled = true;
    }
}
