using System.Globalization;
using NSft.Data.Construction;
using NSft.Data.Construction.Reporting;
using Spectre.Console;

namespace NSft.Client.Output;

/// <summary>What <c>nsft construct report</c> prints for a reader.</summary>
internal static class SetReportTables
{
    /// <summary>Writes the tables of one set, or of two side by side.</summary>
    public static void Write(SetReport report, SetReport? against, int top, string? picture)
    {
        SetReport[] sets = against is null ? [report] : [report, against];
        foreach (SetReport set in sets)
        {
            ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{set.Path}: {set.TurnCount} turns in {set.RowCount} conversations, {set.YesShare:P0} answered yes{Makers(set)}"));
            WriteCost(set);
        }

        ConsoleOutput.WriteTable(Counts(sets));
        ConsoleOutput.WriteTable(Words(sets, top));
        if (picture is not null)
        {
            ConsoleOutput.WriteLine($"picture: {picture}");
        }
    }

    private static string Makers(SetReport set) => set.RowsByConstructor.Count == 0
        ? ""
        : ", by " + string.Join(", ", set.RowsByConstructor.Select(maker => string.Create(CultureInfo.InvariantCulture, $"{maker.Key} {maker.Value}")));

    private static void WriteCost(SetReport set)
    {
        if (ConstructionRecord.Find(set.Path) is not ConstructionRecord { Summary: ConstructionSummary summary } cost)
        {
            return;
        }

        ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  of {summary.PairCount} pairs; {summary.PairsWithoutErrors} without errors, {summary.PairsWithoutTurns} without turns, {summary.DeadLettersByReason.Values.Sum()} dead letters{List(summary.DeadLettersByReason)}"));
        if (summary.Usage.Requests + summary.Usage.StoredAnswers > 0)
        {
            string price = cost.Cost is decimal sum ? string.Create(CultureInfo.InvariantCulture, $", cost {sum:0.####}") : "";
            ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {summary.Usage.Requests} requests, {summary.Usage.StoredAnswers} stored answers, {summary.Usage.PromptTokens} tokens sent, {summary.Usage.CompletionTokens} received{price}"));
            ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {summary.RejectionsByReason.Values.Sum()} responses rejected{List(summary.RejectionsByReason)}, {summary.RepairedCount} repaired, {summary.FallbackCount} left to rules"));
        }
    }

    private static string List(IReadOnlyDictionary<string, int> counts) => counts.Count == 0
        ? ""
        : " (" + string.Join(", ", counts.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value}"))) + ")";

    private static Table Counts(SetReport[] sets)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("counts").AddColumn("");
        foreach (SetReport set in sets)
        {
            table.AddColumn(new TableColumn(Markup.Escape(Path.GetFileName(set.Path))).RightAligned()).AddColumn(new TableColumn("share").RightAligned());
        }

        (string Title, Func<SetReport, IReadOnlyDictionary<string, int>> Of)[] groups =
        [
            ("errors", set => set.ErrorsByKind), ("codes", set => set.TurnsByCode), ("answers", set => set.TurnsByPolarity), ("reasons", set => set.TurnsByKind),
        ];
        foreach ((string title, Func<SetReport, IReadOnlyDictionary<string, int>> of) in groups)
        {
            string label = title;
            foreach (string name in sets.SelectMany(set => of(set).Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                table.AddRow([label, Markup.Escape(name), .. sets.SelectMany(set => Cells(of(set).GetValueOrDefault(name), of(set).Values.Sum()))]);
                label = "";
            }
        }

        return table;
    }

    private static string[] Cells(int count, int total) =>
    [
        count.ToString(CultureInfo.InvariantCulture),
        total == 0 ? "" : (count / (double)total).ToString("P1", CultureInfo.InvariantCulture),
    ];

    // Occurrences per hundred turns, so that sets of different length can be compared.
    private static Table Words(SetReport[] sets, int top)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("").RightAligned());
        foreach (SetReport set in sets)
        {
            string name = sets.Length == 1 ? "" : $" ({Markup.Escape(Path.GetFileName(set.Path))})";
            table.AddColumn("noun" + name).AddColumn(new TableColumn("count").RightAligned()).AddColumn(new TableColumn("per 100 turns").RightAligned());
            table.AddColumn("verb" + name).AddColumn(new TableColumn("count").RightAligned()).AddColumn(new TableColumn("per 100 turns").RightAligned());
        }

        int rows = Math.Min(top, sets.Max(set => Math.Max(set.Nouns.Count, set.Verbs.Count)));
        for (int rank = 0; rank < rows; rank++)
        {
            table.AddRow([(rank + 1).ToString(CultureInfo.InvariantCulture), .. sets.SelectMany(set => Word(set.Nouns, rank, set.TurnCount).Concat(Word(set.Verbs, rank, set.TurnCount)))]);
        }

        return table;
    }

    private static string[] Word(IReadOnlyList<WordCount> words, int rank, int turns) => rank < words.Count
        ? [Markup.Escape(words[rank].Word), words[rank].Count.ToString(CultureInfo.InvariantCulture), (100.0 * words[rank].Count / Math.Max(1, turns)).ToString("0.0", CultureInfo.InvariantCulture)]
        : ["", "", ""];
}
