using static TorchSharp.torch;

namespace NSft.Model;

/// <summary>Casts of parameters for the time of one pass.</summary>
internal sealed class ParameterCast : IDisposable
{
    private readonly ModelParameter[] _parameters;

    internal ParameterCast(IReadOnlyList<ModelParameter> parameters, ScalarType dtype)
    {
        _parameters = [.. parameters.Where(parameter => parameter.NeedsCast(dtype))];
        foreach (ModelParameter parameter in _parameters)
        {
            parameter.Cast(dtype);
        }
    }

    public void Dispose()
    {
        foreach (ModelParameter parameter in _parameters)
        {
            parameter.ReleaseCast();
        }
    }
}
