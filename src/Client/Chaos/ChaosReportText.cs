using System.Globalization;
using NSft.Client.Clusters;
using NSft.Client.Ledgers;

namespace NSft.Client.Chaos;

/// <summary>A chaos report for a reader and as JSON. Pure.</summary>
internal static class ChaosReportText
{
    /// <summary>The report as lines; the last one says whether it passed.</summary>
    public static IReadOnlyList<string> Lines(ChaosReport report)
    {
        List<string> lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"seed {report.Seed}, {report.Silos} silos, {report.Mode}: {report.Steps} steps in {report.Seconds:0.0} s under faults, {report.OracleSeconds:0.0} s undisturbed on one worker"),
            string.Create(CultureInfo.InvariantCulture, $"faults      {report.Faults.Values.Sum()}: {FaultText(report.Faults)}"),
            string.Create(CultureInfo.InvariantCulture, $"run         {report.Views} views, {report.DiscardedSteps} steps discarded, {report.CoordinatorLosses} coordinators lost, {report.RollBacks} times back to a checkpoint"),
            RecoveryText(report.Recoveries),
            $"ledger      {(report.Ledger is null ? "could not be read" : LedgerReading.Verdict(report.Ledger))}",
            $"weights     {report.Hash ?? "none"}",
            $"undisturbed {report.OracleHash}",
        ];
        lines.AddRange(report.Problems.Select(problem => $"problem     {problem}"));
        if (report.Folder is string folder)
        {
            lines.Add($"logs        {folder}");
        }

        lines.Add(report.IsPassed ? "PASS: the same weights to the bit, every sample exactly once per epoch" : "FAIL");
        return lines;
    }

    /// <summary>The report as one JSON object.</summary>
    public static object Json(ChaosReport report) => new
    {
        report.IsPassed,
        report.Seed,
        report.Silos,
        report.Mode,
        report.Steps,
        report.Seconds,
        report.OracleSeconds,
        report.Hash,
        report.OracleHash,
        Faults = report.Faults.ToDictionary(pair => Word(pair.Key), pair => pair.Value),
        report.Views,
        report.DiscardedSteps,
        report.CoordinatorLosses,
        report.RollBacks,
        RecoverySeconds = report.Recoveries,
        Ledger = report.Ledger,
        report.Problems,
        report.Folder,
    };

    /// <summary>A kind of fault in a reader's words.</summary>
    public static string Word(FaultKind kind) => kind switch
    {
        FaultKind.DoubleKill => "double kill",
        _ => RunWords.Lower(kind.ToString()),
    };

    private static string FaultText(IReadOnlyDictionary<FaultKind, int> faults) => faults.Count == 0
        ? "none"
        : string.Join(", ", faults.OrderBy(pair => pair.Key).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value} {Word(pair.Key)}")));

    private static string RecoveryText(Recoveries recoveries) => recoveries.Count == 0
        ? "recovery    none was needed"
        : string.Create(CultureInfo.InvariantCulture,
            $"recovery    {recoveries.Count} times: median {recoveries.Median:0.00} s, p95 {recoveries.P95:0.00} s, longest {recoveries.Longest:0.00} s");
}
