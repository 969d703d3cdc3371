using NSft.Client.Quickstart.Report;

namespace NSft.Client.Quickstart;

/// <summary>A column of the comparison, on the console and in the report.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Text">What a row shows.</param>
/// <param name="Rank">Value by which the best row is found, the smallest first; null where no row is best.</param>
internal sealed record ComparisonColumn(string Title, Func<MethodResult, string> Text, Func<MethodResult, double>? Rank = null)
{
    private static readonly string[] Splits = ["random", "popular", "adversarial"];

    /// <summary>All columns in order.</summary>
    public static IReadOnlyList<ComparisonColumn> All { get; } =
    [
        new("lr", row => ReportNumbers.Rate(row.LearningRate)),
        new("CHAIRi", row => ReportNumbers.Percent(row.Chair.ChairI), row => row.Chair.ChairI),
        new("CHAIRs", row => ReportNumbers.Percent(row.Chair.ChairS), row => row.Chair.ChairS),
        new("recall", row => ReportNumbers.Percent(row.Chair.Recall), row => -row.Chair.Recall),
        .. Splits.Select(split => new ComparisonColumn(
            "POPE " + split, row => ReportNumbers.Percent(row.Pope[split].Accuracy), row => -row.Pope[split].Accuracy)),
        new("POPE mean", row => ReportNumbers.Percent(row.MeanPopeAccuracy), row => -row.MeanPopeAccuracy),
        new("yes-ratio", row => ReportNumbers.Percent(row.MeanYesRatio)),
        new("VQA", row => ReportNumbers.Percent(row.Vqa.Accuracy), row => -row.Vqa.Accuracy),
        new("peak memory", row => ReportNumbers.Mebibytes(row.PeakExtraBytes), row => row.PeakExtraBytes ?? double.MaxValue),
        new("training", row => ReportNumbers.Seconds(row.TrainingTime)),
    ];

    /// <summary>True when <paramref name="row"/> is the best of <paramref name="rows"/> here.</summary>
    public bool IsBest(MethodResult row, IReadOnlyList<MethodResult> rows) =>
        Rank is not null && Rank(row) < double.MaxValue && Rank(row) <= rows.Min(Rank);
}
