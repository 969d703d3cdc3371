using System.CommandLine;
using NSft.Client.Parsing;
using NSft.Grains.Hosting.Settings;
using NSft.Storage;

namespace NSft.Client.Storage;

/// <summary><c>nsft store</c>: looks into blob containers, fills and empties them.</summary>
internal static class StoreCommand
{
    /// <summary>The verb.</summary>
    public static Command Create() => new("store", "List, copy and delete what lies at addresses (azblob:CONTAINER/PREFIX)")
    {
        StoreListCommand.Create(),
        StoreCopyCommand.Create(),
        StoreRemoveCommand.Create(),
    };

    /// <summary>How the configured account is reached.</summary>
    /// <exception cref="Collectives.UserInputException">The configuration cannot be used.</exception>
    internal static StorageOptions Account() => NSftConfiguration.Read(ConsoleConfiguration.Load()).Storage;
}
