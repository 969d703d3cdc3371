using NSft.Data.Validation;

namespace NSft.Client.Datasets;

/// <summary>Keeps the first problems of each kind, errors before warnings.</summary>
/// <param name="most">Most problems to keep of one kind and severity.</param>
internal sealed class ProblemList(int most)
{
    private readonly SortedDictionary<(int Order, ProblemKind Kind), List<DatasetProblem>> _kept = [];

    /// <summary>Most problems of one kind and severity.</summary>
    public int Most => most;

    /// <summary>The problems kept: errors first, by kind, in file order.</summary>
    public IEnumerable<DatasetProblem> All => _kept.Values.SelectMany(list => list);

    /// <summary>Takes in a problem.</summary>
    public void Add(DatasetProblem problem)
    {
        (int, ProblemKind) place = (problem.Severity == ProblemSeverity.Error ? 0 : 1, problem.Kind);
        if (!_kept.TryGetValue(place, out List<DatasetProblem>? list))
        {
            list = [];
            _kept.Add(place, list);
        }

        if (list.Count < most)
        {
            list.Add(problem);
        }
    }
}
