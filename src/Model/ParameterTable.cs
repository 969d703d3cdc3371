using static TorchSharp.torch;

namespace NSft.Model;

/// <summary>All parameters of a model by hub name, in checkpoint order.</summary>
internal sealed class ParameterTable : IDisposable
{
    private readonly Dictionary<string, ModelParameter> _byName = new(StringComparer.Ordinal);
    private readonly List<ModelParameter> _ordered = [];

    internal IReadOnlyList<ModelParameter> Ordered => _ordered;

    internal ModelParameter this[string name] =>
        _byName.TryGetValue(name, out ModelParameter? found)
            ? found
            : throw new ArgumentException($"The model has no parameter {name}.", nameof(name));

    internal bool Contains(string name) => _byName.ContainsKey(name);

    internal ModelParameter Add(string name, ModelPart part, Tensor tensor)
    {
        var parameter = new ModelParameter(name, part, tensor);
        _byName.Add(name, parameter);
        _ordered.Add(parameter);
        return parameter;
    }

    internal void Remove(ModelParameter parameter)
    {
        _byName.Remove(parameter.Name);
        _ordered.Remove(parameter);
        parameter.Release();
    }

    public void Dispose()
    {
        foreach (ModelParameter parameter in _ordered)
        {
            parameter.Release();
        }
    }
}
