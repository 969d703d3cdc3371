using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Remote;
using NSft.Storage;

namespace NSft.Client.Storage;

/// <summary><c>nsft store ls</c>: the objects at an address.</summary>
internal static class StoreListCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Argument<string> address = new("address") { Description = "An object, or what the names of several begin with" };
        Option<bool> json = SharedOptions.Json();
        Command command = new("ls", "List the objects at an address: size, time of writing, name") { address, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            StoreAddress place = StoreAddress.Parse(parsed.GetValue(address)!);
            ObjectSet found = await ObjectSet.FindAsync(new ObjectStores(ConsoleSettings.Read().Storage), place, cancellation).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                ConsoleOutput.WriteJson(new { Address = place.ToString(), Objects = found.Objects.Select(Json), found.Bytes });
                return ExitCodes.Success;
            }

            foreach (ObjectFacts facts in found.Objects)
            {
                ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{facts.Bytes,15} {facts.ChangedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} {facts.Name}"));
            }

            ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found.Bytes,15} bytes in {found.Objects.Count} objects"));
            return ExitCodes.Success;
        });
        return command;
    }

    private static object Json(ObjectFacts facts) => new { facts.Name, facts.Bytes, facts.ChangedAt, facts.Sha256, Etag = facts.ETag };
}
