using System.Globalization;
using NSft.Client.Output;
using NSft.Data;

namespace NSft.Client.Datasets;

/// <summary>Counts rows that were left out and keeps the first of them.</summary>
internal sealed class SkippedRows
{
    private const int MostKept = 10;

    private readonly List<RowProblem> _first = [];

    /// <summary>Rows left out.</summary>
    public long Count { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<RowProblem> First => _first;

    /// <summary>Takes in a row.</summary>
    public void Add(RowProblem problem)
    {
        Count++;
        if (_first.Count < MostKept)
        {
            _first.Add(problem);
        }
    }

    /// <summary>Lists the first on standard error and counts all.</summary>
    public void Write()
    {
        foreach (RowProblem problem in _first)
        {
            Console.Error.WriteLine($"nsft: left out: {FailureReport.OneLine(problem.ToString())}");
        }

        if (Count > _first.Count)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"nsft: {Count} rows were left out; the first {_first.Count} are listed"));
        }
    }
}
