using System.CommandLine;
using NSft.Client.Parsing;
using NSft.Data.Formats;

namespace NSft.Client.Datasets;

/// <summary><c>nsft dataset stats</c>: what is in a data set, counted.</summary>
internal static class StatsCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        DatasetOptions data = new();
        EncodingOptions encoding = new("for lengths in tokens");
        Option<int> top = SharedOptions.Count("--top", 10, "Most frequent questions to list", least: 0);
        Option<bool> json = SharedOptions.Json();
        Command command = new("stats", "Count rows, images, lengths, questions, yes and no");
        data.AddTo(command);
        encoding.AddTo(command);
        command.Options.Add(top);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            DatasetInput input = data.Resolve(parsed);
            DatasetStatistics statistics = new(encoding.Resolve(parsed));
            SkippedRows skipped = new();
            await RowProgress.RunAsync("counting", RowTotal.Estimate(input.Path), progress =>
            {
                foreach (RecordRead read in progress.Count(input.Read(), cancellation))
                {
                    if (read.Record is { } record)
                    {
                        statistics.Add(record);
                    }
                    else
                    {
                        skipped.Add(read.Problem!);
                    }
                }

                return statistics;
            });
            skipped.Write();
            new StatisticsReport(input, statistics, skipped.Count, parsed.GetValue(top)).Write(parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }
}
