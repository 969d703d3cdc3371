using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Silos;
using NSft.Collectives;
using NSft.Grains.Benchmarks.Practice;
using Spectre.Console;

namespace NSft.Client.Benches;

/// <summary><c>nsft bench construct</c>: construction through a server that fails, on silos that come and go.</summary>
internal static class ConstructBenchCommand
{
    private const int DefaultPairs = 5000;
    private const int DefaultSilos = 3;
    private const int DefaultConcurrency = 64;
    private const int DefaultLatency = 1000;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<int> pairs = SharedOptions.Count("--pairs", DefaultPairs, "Pairs to construct");
        Option<int> silos = SharedOptions.Count("--silos", DefaultSilos, "Silo processes");
        Option<int> concurrency = SharedOptions.Count("--concurrency", DefaultConcurrency, "Requests in flight in the whole cluster");
        Option<int> latency = SharedOptions.Count("--latency", DefaultLatency, "Milliseconds that the practice server takes for an answer");
        Option<double> faults = SharedOptions.WithDefault("--faults", 0.0, "Share of requests that go wrong: 429, 500, broken, slow and hanging answers, wrong content");
        Option<int> seed = SharedOptions.WithDefault("--seed", 1, "Seed of the faults");
        Option<bool> kill = new("--kill") { Description = "Kill a silo after a third of the answers" };
        Option<bool> join = new("--join") { Description = "Add a silo after half of the answers" };
        Option<bool> json = SharedOptions.Json();
        LongCommand command = new("construct", "Construct through a practice server on this machine, kill and add silos on the way, and check every pair and every payment")
        {
            pairs, silos, concurrency, latency, faults, seed, kill, join, json,
        };
        command.SetAction(async parsed =>
        {
            double share = parsed.GetValue(faults);
            if (share is not (>= 0 and <= 0.9))
            {
                throw new UserInputException(FormattableString.Invariant($"--faults cannot be {share}: give 0 to 0.9"));
            }

            ConstructBenchSettings settings = new(
                parsed.GetValue(pairs), parsed.GetValue(silos), parsed.GetValue(concurrency), TimeSpan.FromMilliseconds(parsed.GetValue(latency)), share, parsed.GetValue(seed))
            {
                Kills = parsed.GetValue(kill),
                Joins = parsed.GetValue(join),
            };
            using StopSignals signals = new(() => { });
            ConstructBenchResult result = await new ConstructBench(settings, line => Console.Error.WriteLine("bench: " + line)).RunAsync(signals.Asked);
            Write(result, parsed.GetValue(json));
            return result.IsRight ? ExitCodes.Success : ExitCodes.InternalError;
        });
        return command;
    }

    private static void Write(ConstructBenchResult result, bool asJson)
    {
        if (asJson)
        {
            ConsoleOutput.WriteJson(new
            {
                result.Settings.Pairs,
                result.Settings.Silos,
                result.Answered,
                result.DeadLetters,
                result.Missing,
                result.Doubled,
                result.Requests,
                Faults = result.Faults.ToDictionary(fault => fault.Key.ToString(), fault => fault.Value),
                result.Paid,
                result.PaidTwice,
                result.PaidTwiceWithoutCause,
                result.InFlightAtKill,
                result.Settings.SlotsOfSilo,
                result.Undelivered,
                result.SilosUsed,
                result.Seconds,
                result.JobSeconds,
                result.Rate,
                IdealRate = result.Settings.IdealRate,
                result.Efficiency,
                result.IsRight,
            });
            return;
        }

        Table table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("what").AddColumn(new TableColumn("number").RightAligned());
        foreach ((string what, string number) in Rows(result))
        {
            table.AddRow(Markup.Escape(what), Markup.Escape(number));
        }

        ConsoleOutput.WriteTable(table);
        ConsoleOutput.WriteLine(result.IsRight
            ? "every pair came to exactly one end, and nothing was paid twice but what was in flight on the killed silo"
            : "WRONG: pairs are missing or doubled, or answers were paid twice without cause");
    }

    private static IEnumerable<(string What, string Number)> Rows(ConstructBenchResult result)
    {
        yield return ("pairs", Text(result.Settings.Pairs));
        yield return ("answered", Text(result.Answered));
        foreach ((string reason, int count) in result.DeadLetters.OrderBy(letter => letter.Key, StringComparer.Ordinal))
        {
            yield return ($"dead letters: {reason}", Text(count));
        }

        yield return ("missing, doubled", $"{Text(result.Missing)}, {Text(result.Doubled)}");
        yield return ("requests", Text(result.Requests));
        foreach ((PracticeFault fault, int count) in result.Faults.Where(fault => fault.Key != PracticeFault.None).OrderBy(fault => fault.Key))
        {
            yield return ($"  {fault}", Text(count));
        }

        yield return ("answers paid", Text(result.Paid));
        yield return ("in flight at the kill: on all silos, on one at most", result.InFlightAtKill is int inFlight ? $"{Text(inFlight)}, {Text(result.Settings.SlotsOfSilo)}" : "no kill");
        yield return ("answers to a silo that was gone", Text(result.Undelivered));
        yield return ("paid twice, without cause", $"{Text(result.PaidTwice)}, {Text(result.PaidTwiceWithoutCause)}");
        yield return ("silos that constructed", Text(result.SilosUsed));
        yield return ("seconds, first request to last answer", result.Seconds.ToString("0.0", CultureInfo.InvariantCulture));
        yield return ("answers a second", result.Rate.ToString("0.0", CultureInfo.InvariantCulture));
        yield return ("of concurrency over latency", result.Efficiency.ToString("0.0%", CultureInfo.InvariantCulture));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
