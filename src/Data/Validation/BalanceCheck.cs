using System.Globalization;
using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Yes and no are answered about equally often: a model learns the habit of a set that is not balanced.</summary>
internal sealed class BalanceCheck : ISetCheck
{
    /// <summary>Fewest answers from which a share says anything.</summary>
    private const long FewestAnswers = 50;

    private const double LowestShare = 0.35;
    private const double HighestShare = 0.65;

    private long _yes;
    private long _no;

    /// <inheritdoc/>
    public void Observe(DatasetRecord record, RowFindings findings)
    {
        (int yes, int no) = PolarAnswer.Count(record);
        _yes += yes;
        _no += no;
    }

    /// <inheritdoc/>
    public void Finish(RowFindings findings)
    {
        long all = _yes + _no;
        double share = all > 0 ? (double)_yes / all : 0.5;
        if (all >= FewestAnswers && share is < LowestShare or > HighestShare)
        {
            string surplus = share > HighestShare ? "yes" : "no";
            findings.Warn(
                ProblemKind.Balance,
                string.Create(CultureInfo.InvariantCulture, $"{_yes} answers say yes and {_no} say no: {share:P0} yes"),
                string.Create(CultureInfo.InvariantCulture, $"leave out '{surplus}' items or add others until the share of yes is within {LowestShare:P0} and {HighestShare:P0}"));
        }
    }
}
