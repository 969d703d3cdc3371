using NSft.Client.Silos;
using NSft.Grains.Hosting;

namespace NSft.Client.Output;

/// <summary>Says how a construction ended, also when it was interrupted.</summary>
internal static class ConstructionEnd
{
    /// <summary>Waits for a construction, which Ctrl-C ends in order and a second one at once, and tells its end.</summary>
    /// <param name="output">The file that it writes.</param>
    /// <param name="asJson">Whether the result is told as JSON.</param>
    /// <param name="construct">Does it.</param>
    /// <returns>An exit code.</returns>
    public static async Task<int> TellAsync(string output, bool asJson, Func<CancellationToken, Task<ConstructionOutcome>> construct)
    {
        using StopSignals signals = new(() => { });
        try
        {
            ConstructionReportLines.Write(await construct(signals.Asked), output, asJson);
            return ExitCodes.Success;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("nsft: interrupted; what is done is kept: the same command again goes on from there");
            return ExitCodes.Interrupted;
        }
    }
}
