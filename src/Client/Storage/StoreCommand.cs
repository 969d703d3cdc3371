using System.CommandLine;

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
}
