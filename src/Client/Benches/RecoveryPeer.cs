using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NSft.Client.Quickstart;
using NSft.Collectives;

namespace NSft.Client.Benches;

/// <summary>The PyTorch side: processes over Gloo that are all restarted from the last checkpoint when one dies.</summary>
/// <param name="Seconds">From each kill to the first step after the restart.</param>
/// <param name="CaughtUp">From each kill to the first step that had not been computed before.</param>
internal sealed record RecoveryPeer(IReadOnlyList<double> Seconds, IReadOnlyList<double> CaughtUp)
{
    // Debian's interpreter is the one that has Debian's python3-torch.
    private const string Python = "/usr/bin/python3";

    /// <summary>Runs the peer's script with the same numbers as our side.</summary>
    public static async Task<RecoveryPeer> RunAsync(RecoveryBench bench, int every, CancellationToken cancellation)
    {
        string root = Path.GetFullPath(Path.Combine(SampleWorld.Find().Directory, "..", ".."));
        string folder = Path.Combine(root, "benches", "peer");
        ProcessStartInfo start = new(Python) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] numbers = [.. new[] { bench.Silos, bench.Trials, bench.GlobalBatch, every }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        foreach (string argument in (string[])["-B", "recovery.py", SampleWorld.Find().Model, .. numbers])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new UserInputException($"{Python} did not start; the peer needs Debian's python3-torch");
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
            string output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? Read(output)
                : throw new UserInputException($"{folder}/recovery.py failed: {LastLine(await errors)}; it needs Debian's python3-torch and python3-numpy, --no-peer leaves it out");
        }
        finally
        {
            // The script ends its workers when it is interrupted.
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static RecoveryPeer Read(string output)
    {
        using JsonDocument document = JsonDocument.Parse(output);
        return new RecoveryPeer(Numbers(document, "seconds"), Numbers(document, "caughtUp"));
    }

    private static double[] Numbers(JsonDocument document, string name) =>
        [.. document.RootElement.GetProperty(name).EnumerateArray().Select(item => item.GetDouble())];

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "without a word";
}
