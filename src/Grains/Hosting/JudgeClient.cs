using NSft.Collectives;
using NSft.Data.Preferences;
using NSft.Data.Sampling;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Hosting;

/// <summary>Has answers rated by a chat model over the silos of a cluster.</summary>
/// <param name="cluster">The cluster.</param>
public sealed class JudgeClient(IClusterClient cluster)
{
    private const int MostLosses = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Rates all answers of all rows; the result does not depend on the number of silos. What was rated before is not paid again.</summary>
    /// <param name="rows">Prompts with their answers.</param>
    /// <param name="settings">Who rates, and how.</param>
    /// <param name="progress">Told of the number of rows rated; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="UserInputException">The chat model cannot be used, or the budget is spent.</exception>
    /// <exception cref="RunFailedException">The silos were lost.</exception>
    public async Task<IReadOnlyList<RatedRow>> RateAsync(
        IReadOnlyList<CompletionRow> rows, JudgeSettings settings, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Chat.Validate();
        var job = $"judge-{Guid.NewGuid():N}";
        var (chat, judge) = (settings.Chat.ToJson(), DataJson.Write(settings.Judge));
        var rated = new RatedRow[rows.Count];
        var (next, done) = (-1, 0);
        var lanes = Math.Min(rows.Count, settings.Chat.Concurrency);

        async Task RunLaneAsync(int lane)
        {
            for (var row = Interlocked.Increment(ref next); row < rows.Count; row = Interlocked.Increment(ref next))
            {
                var request = new RateRequest(job, chat, judge, DataJson.Write(rows[row]));
                rated[row] = DataJson.Read<RatedRow>(await AskAsync($"{job}/{lane}", request, cancellationToken));
                progress?.Report(Interlocked.Increment(ref done));
            }
        }

        await Task.WhenAll(Enumerable.Range(0, lanes).Select(RunLaneAsync));
        return rated;
    }

    private async Task<string> AskAsync(string key, RateRequest request, CancellationToken cancellationToken)
    {
        for (var losses = 0; ; losses++)
        {
            try
            {
                var report = await cluster.GetGrain<IJudgeGrain>(key).RateAsync(request).WaitAsync(cancellationToken);
                return report.Failure is { } failure ? throw new UserInputException(failure.Message) : report.RowJson;
            }
            catch (Exception exception) when (Failures.IsLostCall(exception))
            {
                if (losses == MostLosses)
                {
                    throw new RunFailedException(new Failure(FailureKind.Coordinator, $"the silos were lost: {exception.Message}"), exception);
                }

                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
