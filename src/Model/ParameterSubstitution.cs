using static TorchSharp.torch;

namespace NSft.Model;

/// <summary>Other values in place of some parameters, for a time.</summary>
internal sealed class ParameterSubstitution : IDisposable
{
    private readonly ModelParameter[] _parameters;

    internal ParameterSubstitution(ParameterTable table, IReadOnlyDictionary<string, Tensor> values)
    {
        _parameters = [.. values.Keys.Select(name => table[name])];
        foreach (ModelParameter parameter in _parameters)
        {
            parameter.Substitute(values[parameter.Name]);
        }
    }

    public void Dispose()
    {
        foreach (ModelParameter parameter in _parameters)
        {
            parameter.Substitute(null);
        }
    }
}
