using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Remote;
using NSft.Collectives;
using NSft.Storage;

namespace NSft.Client.Storage;

/// <summary><c>nsft store rm</c>: deletes objects.</summary>
internal static class StoreRemoveCommand
{
    private const int AtATime = 16;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Argument<string> address = new("address") { Description = "An object, or with --recursive what the names of several begin with" };
        Option<bool> recursive = new("--recursive") { Description = "Delete all objects below the address" };
        Option<bool> json = SharedOptions.Json();
        Command command = new("rm", "Delete objects; there is no way back") { address, recursive, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            string text = parsed.GetValue(address)!;
            if (!StoreAddress.IsBlob(text))
            {
                throw new UserInputException($"{text}: is a path of this machine; nsft store rm deletes at addresses only (azblob:CONTAINER/PREFIX)");
            }

            StoreAddress place = StoreAddress.Parse(text);
            ObjectSet found = await ObjectSet.FindAsync(new ObjectStores(ConsoleSettings.Read().Storage), place, cancellation).ConfigureAwait(false);
            await RemoveAsync(found, place, parsed.GetValue(recursive), cancellation).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                ConsoleOutput.WriteJson(new { Address = place.ToString(), Objects = found.Objects.Count, found.Bytes });
            }
            else
            {
                ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{place}: deleted {found.Objects.Count} objects, {found.Bytes} bytes"));
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task RemoveAsync(ObjectSet found, StoreAddress place, bool isRecursive, CancellationToken cancellation)
    {
        if (found.Objects.Count == 0)
        {
            throw new UserInputException($"{place}: nothing is there");
        }

        if (!found.IsOne && !isRecursive)
        {
            throw new UserInputException(string.Create(CultureInfo.InvariantCulture, $"{place}: is no object, but {found.Objects.Count} are below it; --recursive deletes them all"));
        }

        // What makes a folder whole goes first: what is left of an interrupted deletion must not look like a checkpoint.
        foreach (IGrouping<bool, ObjectFacts> part in found.Objects.GroupBy(facts => CopyPlan.IsManifest(facts.Name)).OrderByDescending(part => part.Key))
        {
            await Parallel.ForEachAsync(
                part,
                new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation },
                async (facts, token) => await found.Store.DeleteAsync(facts.Name, WriteCondition.Any, token).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
