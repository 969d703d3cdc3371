using System.Text.Json;
using NSft.Client.Clusters;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Processes;
using NSft.Collectives;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Grains.Benchmarks.Practice;
using NSft.Grains.Chat;
using NSft.Grains.Hosting;

namespace NSft.Client.Benches;

/// <summary>Constructs pairs on silo processes through a server that fails, kills a silo and adds one on the way, and checks every pair and payment.</summary>
/// <param name="settings">What to measure.</param>
/// <param name="say">Is told of the kill and the join.</param>
internal sealed class ConstructBench(ConstructBenchSettings settings, Action<string> say)
{
    private const string Model = "practice";
    private const double KillAfter = 1.0 / 3;
    private const double JoinAfter = 1.0 / 2;

    // No key is needed here, and none of the user's is read.
    private const string KeyVariable = "NSFT_BENCH_NO_KEY";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private long? _killed;
    private int? _inFlightAtKill;

    /// <summary>Runs the job.</summary>
    public async Task<ConstructBenchResult> RunAsync(CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("nsft-bench-").FullName;
        SiloFleet fleet = new(Path.Combine(folder, "state"));
        try
        {
            await using PracticeServer server = await PracticeServer.StartAsync(
                new PracticeServerOptions { Latency = settings.Latency, Faults = PracticeServerOptions.Mixed(settings.FaultShare), Seed = settings.Seed }, cancellation);
            string data = Path.Combine(folder, "pairs.jsonl");
            string output = Path.Combine(folder, "corrective.json");
            BenchPairs.Write(data, settings.Pairs);
            SiloSettings silo = new(WorkersPerSilo: 1, Cuda: false, EndsWithStarter: true);
            await fleet.RaiseAsync(settings.Silos, silo, cancellation);
            await using ClusterConnection connection = await ClusterConnection.OpenAsync(new StateChoice(Path.Combine(folder, "state"), "bench"), cancellation);
            using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Task disturbing = DisturbAsync(server.Ledger, fleet, silo, ended.Token);
            ConstructionOutcome outcome = await ConstructionRun.ConstructAsync(connection.Client, Job(folder, data, server.Url), output, cancellation);
            await ended.CancelAsync();
            await disturbing;
            return Result(server.Ledger, outcome, output);
        }
        finally
        {
            await fleet.EndAsync(fleet.Records.Living(), TimeSpan.Zero, _ => { }, CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private ConstructionSettings Job(string folder, string data, Uri server) => new()
    {
        DataPath = data,
        Constructor = ConstructorName.OpenAi,
        Options = new ConstructionOptions { BlockSize = ConstructionSettings.DefaultChatBlockSize },
        Language = new LanguageOptions { Model = Model, MaxTokens = 512 },
        Chat = new ChatSettings
        {
            Model = Model,
            BaseUrl = server,
            KeyVariable = KeyVariable,
            Concurrency = settings.Concurrency,
            AnswerDirectory = Path.Combine(folder, "answers"),
            Timeout = (10 * settings.Latency) + TimeSpan.FromSeconds(2),
        },
    };

    private async Task DisturbAsync(PracticeLedger ledger, SiloFleet fleet, SiloSettings silo, CancellationToken ended)
    {
        try
        {
            if (settings.Kills)
            {
                await WaitAsync(ledger, KillAfter, ended);
                await WaitForTrafficAsync(ledger, ended);
                SiloRecord victim = fleet.Records.Living()[0];
                _inFlightAtKill = ledger.InFlight;
                _killed = TimeProvider.System.GetTimestamp();
                _ = NativeProcess.Send(victim.Process, ProcessSignal.Kill);
                say($"{victim.Name} killed after {ledger.PaidCount} answers, {_inFlightAtKill} requests in flight");
            }

            if (settings.Joins)
            {
                await WaitAsync(ledger, JoinAfter, ended);
                await fleet.RaiseAsync(fleet.Records.Living().Count + 1, silo, ended);
                say($"a silo added after {ledger.PaidCount} answers");
            }
        }
        catch (OperationCanceledException)
        {
            // The job was done first; the result says which silos took part.
        }
    }

    private async Task WaitAsync(PracticeLedger ledger, double share, CancellationToken ended)
    {
        while (ledger.PaidCount < share * settings.Pairs)
        {
            await Task.Delay(Pause, ended);
        }
    }

    /// <summary>A kill while everything waits, as after a 429, would show nothing.</summary>
    private async Task WaitForTrafficAsync(PracticeLedger ledger, CancellationToken ended)
    {
        while (ledger.InFlight < settings.Concurrency / 2)
        {
            await Task.Delay(Pause, ended);
        }
    }

    private ConstructBenchResult Result(PracticeLedger ledger, ConstructionOutcome outcome, string output)
    {
        if (settings.Kills && _killed is null)
        {
            throw new UserInputException($"--kill: the job ended before a silo was killed; give more than {settings.Pairs} --pairs");
        }

        List<string> answered = [.. Ids(JsonDocument.Parse(File.ReadAllBytes(output)).RootElement.EnumerateArray(), "id")];
        List<JsonElement> letters = outcome.DeadLetterPath is string path
            ? [.. File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)]
            : [];
        List<string> all = [.. answered, .. Ids(letters, "pairId")];
        IReadOnlyList<PracticePayment> payments = ledger.Payments;
        PaidTwice twice = PaidTwice.Of(payments, _killed);
        return new ConstructBenchResult(
            settings,
            answered.Count,
            letters.CountBy(letter => letter.GetProperty("reason").GetString()!).ToDictionary(),
            Enumerable.Range(0, settings.Pairs).Select(BenchPairs.IdOf).Except(all).Count(),
            all.Count - all.Distinct().Count(),
            ledger.Requests,
            ledger.Faults)
        {
            Paid = payments.Count,
            PaidTwice = twice.Count,
            PaidTwiceWithoutCause = twice.WithoutCause,
            InFlightAtKill = _inFlightAtKill,
            Undelivered = payments.Count(payment => !payment.IsDelivered),
            Seconds = TimeProvider.System.GetElapsedTime(ledger.FirstStart, payments.Max(payment => payment.Ended)).TotalSeconds,
            JobSeconds = outcome.Duration.TotalSeconds,
            SilosUsed = outcome.Silos.Count,
        };
    }

    private static IEnumerable<string> Ids(IEnumerable<JsonElement> rows, string name) => rows.Select(row => row.GetProperty(name).GetString()!);
}
