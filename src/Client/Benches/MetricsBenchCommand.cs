using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Silos;

namespace NSft.Client.Benches;

/// <summary><c>nsft bench metrics</c>: what measuring and scraping take of a step.</summary>
internal static class MetricsBenchCommand
{
    private const int DefaultWorkers = 2;
    private const int DefaultSteps = 40;
    private const int DefaultScrapes = 200;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<int> workers = SharedOptions.Count("--workers", DefaultWorkers, "Workers of the run");
        Option<int> steps = SharedOptions.Count("--steps", DefaultSteps, "Steps of the run");
        Option<int> scrapes = SharedOptions.Count("--scrapes", DefaultScrapes, "Scrapes to time, while the run goes on");
        Option<bool> json = SharedOptions.Json();
        LongCommand command = new("metrics", "Train the sample and time what measuring and scraping take of a step") { workers, steps, scrapes, json };
        command.SetAction(async parsed =>
        {
            using StopSignals signals = new(() => { });
            MetricsBenchResult result = await new MetricsBench(parsed.GetValue(workers), parsed.GetValue(steps), parsed.GetValue(scrapes)).RunAsync(signals.Asked);
            Write(result, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Write(MetricsBenchResult result, bool asJson)
    {
        if (asJson)
        {
            ConsoleOutput.WriteJson(result);
            return;
        }

        Write($"step       {1e3 * result.StepSeconds:0.0} ms (mean of {result.Steps})");
        Write($"measuring  {result.MeasurementsPerStep:0.0} measurements a step, {1e6 * result.MeasurementSeconds:0.00} us each: {result.MeasuringShare:0.0000 %} of a step");
        Write($"scrape     {1e3 * result.ScrapeSeconds:0.00} ms, {result.ScrapeBytes} bytes: {result.ScrapeShare:0.00 %} of a step, when there is one a step");
    }

    private static void Write(FormattableString line) => ConsoleOutput.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
