using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Remote;
using NSft.Collectives;
using NSft.Storage;

namespace NSft.Client.Storage;

/// <summary><c>nsft store cp</c>: copies between this machine and addresses.</summary>
internal static class StoreCopyCommand
{
    private const int MegabyteShift = 20;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Argument<string> from = new("from") { Description = "A file, a folder or an address; folders and prefixes are copied with all below them" };
        Argument<string> to = new("to") { Description = "Where to; a / at the end means into it" };
        Option<bool> json = SharedOptions.Json();
        Command command = new("cp", "Copy between files of this machine and addresses, either way; a copy that was interrupted goes on where it ended") { from, to, json };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(from)!, parsed.GetValue(to)!, parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string from, string to, bool isJson, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        StorageOptions account = ConsoleSettings.Read().Storage;
        ObjectStores stores = new(account);
        ObjectSet source = await ObjectSet.FindAsync(stores, StoreAddress.Parse(from), cancellation).ConfigureAwait(false);
        if (source.Objects.Count == 0)
        {
            throw new UserInputException($"{from}: nothing is there");
        }

        CopyPlan plan = CopyPlan.Of(source, to);
        await ConsoleProgress.RunAsync("copying", "MB", async progress =>
        {
            TransferProgress shown = new(progress, plan.Bytes, MegabyteShift);
            await new Copier(source.Store, stores.Open(plan.To), account).RunAsync(plan, shown, cancellation).ConfigureAwait(false);
            shown.Finish();
            return true;
        }).ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (isJson)
        {
            ConsoleOutput.WriteJson(new { From = from, To = to, Objects = plan.Files.Count, plan.Bytes, Seconds = seconds });
        }
        else
        {
            ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{to}: copied {plan.Files.Count} objects, {plan.Bytes} bytes in {seconds:0.0} s"));
        }

        return ExitCodes.Success;
    }
}
