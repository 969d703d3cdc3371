using NSft.Collectives;

namespace NSft.Model.Weights;

/// <summary>Collects everything that is wrong with a set of tensors, for one error that names it all.</summary>
internal sealed class WeightProblems(string location)
{
    private const int ShownCount = 40;
    private readonly SortedDictionary<string, List<string>> _byKind = new(StringComparer.Ordinal);

    internal void AddMissing(string name) => Add("missing", name);

    internal void AddUnexpected(string name) => Add("unexpected", name);

    internal void AddShape(string name, long[] found, long[] expected) =>
        Add("wrong shape", $"{name} [{string.Join(", ", found)}] instead of [{string.Join(", ", expected)}]");

    internal void AddDtype(string name, string found) => Add("wrong dtype", $"{name} {found}");

    internal void AddDuplicate(string name) => Add("twice under two names", name);

    /// <exception cref="UserInputException">Anything was added.</exception>
    internal void ThrowIfAny()
    {
        if (_byKind.Count > 0)
        {
            throw new UserInputException(
                $"{location}: " + string.Join("; ", _byKind.Select(static kind => Describe(kind.Key, kind.Value))));
        }
    }

    private static string Describe(string kind, List<string> names)
    {
        string shown = string.Join(", ", names.Take(ShownCount));
        string rest = names.Count > ShownCount ? $" and {names.Count - ShownCount} more" : "";
        return $"{names.Count} {kind} tensor{(names.Count == 1 ? "" : "s")}: {shown}{rest}";
    }

    private void Add(string kind, string text)
    {
        if (!_byKind.TryGetValue(kind, out List<string>? names))
        {
            _byKind.Add(kind, names = []);
        }

        names.Add(text);
    }
}
