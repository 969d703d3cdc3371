using System.Globalization;
using NSft.Client.Output;
using NSft.Data.Validation;
using Spectre.Console;

namespace NSft.Client.Datasets;

/// <summary>Says what is in a data set.</summary>
internal sealed record StatisticsReport(DatasetInput Input, DatasetStatistics Statistics, long LeftOut, int Top)
{
    private double? YesShare => Statistics.Yes + Statistics.No == 0 ? null : (double)Statistics.Yes / (Statistics.Yes + Statistics.No);

    /// <summary>Writes it to standard output.</summary>
    public void Write(bool asJson)
    {
        if (asJson)
        {
            WriteJson();
        }
        else
        {
            WriteText();
        }
    }

    private void WriteJson() => ConsoleOutput.WriteJson(new
    {
        Data = Input.Path,
        Format = Input.Format.Name,
        Statistics.Rows,
        LeftOut,
        Statistics.Pairs,
        Statistics.TextRows,
        Statistics.Turns,
        Statistics.Images,
        Statistics.UniqueImages,
        Statistics.Yes,
        Statistics.No,
        YesShare,
        Words = new
        {
            Question = Statistics.QuestionWords.Figures(),
            Chosen = Statistics.ChosenWords.Figures(),
            Rejected = Statistics.RejectedWords.Figures(),
            ChosenLessRejected = Statistics.WordDifference.Figures(),
        },
        Tokens = Statistics.Tokens.Count == 0 ? null : new
        {
            Conversation = Statistics.Tokens.Figures(),
            ChosenTrained = Statistics.TrainedTokens.Figures(),
            RejectedTrained = Statistics.RejectedTokens.Figures(),
            Statistics.TooLong,
            Statistics.NotEncoded,
        },
        Questions = Statistics.Questions.Top(Top).Select(item => new { Question = item.Text, item.Count }),
        QuestionsAreExact = Statistics.Questions.IsExact,
    });

    private void WriteText()
    {
        ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Input.Path} ({Input.Format.Name}): {Statistics.Rows} rows, {Statistics.Pairs} of them pairs, {LeftOut} left out; {Statistics.UniqueImages} different images in {Statistics.Images} places, {Statistics.TextRows} rows without; {Statistics.Turns} questions"));
        string share = YesShare is double yes ? string.Create(CultureInfo.InvariantCulture, $", {yes:P1} yes") : "";
        ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"answers that say yes {Statistics.Yes}, no {Statistics.No}{share}"));
        Table table = new Table().Border(TableBorder.Simple).AddColumns("length", "of", "mean", "least", "5%", "median", "95%", "99%", "most");
        AddRow(table, "words of a question", Statistics.QuestionWords);
        AddRow(table, "words of a chosen answer", Statistics.ChosenWords);
        AddRow(table, "words of a rejected answer", Statistics.RejectedWords);
        AddRow(table, "words chosen less rejected", Statistics.WordDifference);
        AddRow(table, "tokens of a conversation", Statistics.Tokens);
        AddRow(table, "trained tokens, chosen", Statistics.TrainedTokens);
        AddRow(table, "trained tokens, rejected", Statistics.RejectedTokens);
        ConsoleOutput.WriteTable(table);
        if (Statistics.TooLong + Statistics.NotEncoded > 0)
        {
            ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Statistics.TooLong} rows above the limit of tokens, {Statistics.NotEncoded} not encoded"));
        }

        foreach ((string text, long count) in Statistics.Questions.Top(Top))
        {
            ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,8}  {RowFindings.Shown(FailureReport.OneLine(text))}"));
        }

        if (!Statistics.Questions.IsExact && Top > 0)
        {
            ConsoleOutput.WriteLine("          (so many questions differ that rare ones were forgotten: counts may be too low)");
        }
    }

    private static void AddRow(Table table, string name, LengthDistribution lengths)
    {
        if (lengths.Figures() is { } figures)
        {
            string[] numbers = [.. new[] { figures.Least, figures.P5, figures.Median, figures.P95, figures.P99, figures.Most }.Select(value => value.ToString(CultureInfo.InvariantCulture))];
            table.AddRow([name, figures.Count.ToString(CultureInfo.InvariantCulture), figures.Mean.ToString("0.0", CultureInfo.InvariantCulture), .. numbers]);
        }
    }
}
