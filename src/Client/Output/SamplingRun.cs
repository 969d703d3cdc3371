using System.Globalization;
using NSft.Grains.Hosting;

namespace NSft.Client.Output;

/// <summary>Runs a sampling job and shows its progress.</summary>
internal static class SamplingRun
{
    /// <summary>Samples on a cluster that runs already, and writes the file.</summary>
    public static Task<SamplingOutcome> SampleAsync(IClusterClient cluster, SamplingSettings settings, string output, CancellationToken cancellation) =>
        ConsoleProgress.RunAsync("sampling", "completions", progress =>
            new SamplingClient(cluster).SampleAsync(settings, output, new CompletionProgress(progress, TimeProvider.System), cancellation));

    /// <summary>Counts what this call does: what was found counts neither as done nor for the rate.</summary>
    private sealed class CompletionProgress(IProgress<ProgressUpdate> target, TimeProvider time) : IProgress<SamplingProgress>
    {
        private (long Start, long Tokens)? _first;

        public void Report(SamplingProgress value)
        {
            _first ??= (time.GetTimestamp(), value.Tokens);
            double seconds = time.GetElapsedTime(_first.Value.Start).TotalSeconds;
            string rate = seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"{(value.Tokens - _first.Value.Tokens) / seconds:0} tokens/s") : "";
            string found = value.FoundCompletions > 0 ? string.Create(CultureInfo.InvariantCulture, $", {value.FoundCompletions} were there") : "";
            target.Report(new ProgressUpdate(value.Completions - value.FoundCompletions, value.TotalCompletions - value.FoundCompletions, rate + found));
        }
    }
}
