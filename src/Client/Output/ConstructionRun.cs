using System.Globalization;
using NSft.Data.Chat;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;

namespace NSft.Client.Output;

/// <summary>Runs a construction job and shows its progress.</summary>
internal static class ConstructionRun
{
    /// <summary>Constructs on a cluster that runs already, and writes the file.</summary>
    public static Task<ConstructionOutcome> ConstructAsync(
        LocalCluster cluster, ConstructionSettings settings, string output, CancellationToken cancellation) =>
        ConstructAsync(cluster.Client, settings, output, cancellation);

    /// <summary>Constructs on a cluster, and writes the file.</summary>
    public static Task<ConstructionOutcome> ConstructAsync(
        IClusterClient cluster, ConstructionSettings settings, string output, CancellationToken cancellation) =>
        ConsoleProgress.RunAsync("constructing", "pairs", progress =>
            new ConstructionClient(cluster).ConstructAsync(settings, output, new PairProgress(progress, settings.CostOf), cancellation));

    /// <summary>Tries the dead letters of a job again.</summary>
    public static Task<ConstructionOutcome> ReplayAsync(
        IClusterClient cluster, string output, string? work, Func<ConstructionSettings, ConstructionSettings> change, CancellationToken cancellation)
    {
        Func<ChatUsage, decimal?> cost = _ => null;
        return ConsoleProgress.RunAsync("trying again", "pairs", progress => new ConstructionClient(cluster).ReplayAsync(
            output,
            work,
            settings =>
            {
                ConstructionSettings changed = change(settings);
                cost = changed.CostOf;
                return changed;
            },
            new PairProgress(progress, usage => cost(usage)),
            cancellation));
    }

    /// <summary>Counts what this command does: what an earlier one did counts neither as done nor for the rate.</summary>
    private sealed class PairProgress(IProgress<ProgressUpdate> target, Func<ChatUsage, decimal?> costOf) : IProgress<ConstructionProgress>
    {
        private int? _found;

        public void Report(ConstructionProgress value)
        {
            if (value.TotalBlocks == 0)
            {
                return;
            }

            _found ??= value.Work.Pairs;
            target.Report(new ProgressUpdate(value.Work.Pairs - _found.Value, value.TotalPairs - _found.Value, Note(value.Work)));
        }

        private string? Note(WorkTally work)
        {
            List<string> parts = [];
            if (_found > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{_found} were there"));
            }

            if (costOf(new ChatUsage(work.Requests, work.PromptTokens, work.CompletionTokens, work.StoredAnswers)) is decimal cost)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"cost {cost:0.00##}"));
            }
            else if (work.Requests > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{work.PromptTokens + work.CompletionTokens} tokens"));
            }

            if (work.DeadLetters > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{work.DeadLetters} dead letters"));
            }

            return parts.Count == 0 ? null : string.Join(", ", parts);
        }
    }
}
