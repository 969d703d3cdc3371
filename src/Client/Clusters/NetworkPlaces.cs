using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Storage;
using NSft.Training;

namespace NSft.Client.Clusters;

/// <summary>What a run on other machines reads and writes must lie at addresses: its silos do not see this machine's files. Pure.</summary>
internal static class NetworkPlaces
{
    /// <summary>Checks the places of a run.</summary>
    /// <exception cref="UserInputException">One is a path.</exception>
    public static void Ensure(TrainingOptions options, string output, ElasticOptions elastic)
    {
        (string Option, string? Place)[] places =
        [
            ("--model", options.ModelDirectory), ("--tokenizer", options.TokenizerPath), ("--data", options.DataPath), ("--corrective", options.CorrectivePath),
            ("--images", options.ImageDirectory), ("--template", File.Exists(options.Template) ? options.Template : null), ("--out", output),
            ("--checkpoints", elastic.CheckpointDirectory),
        ];
        if (places.FirstOrDefault(one => one.Place is not null && !StoreAddress.IsBlob(one.Place)) is { Option: not null } local)
        {
            throw new UserInputException(
                $"{local.Option} {local.Place}: is on this machine, which the silos of the cluster do not see; copy it with nsft store cp and give its address, as in azblob:CONTAINER/PREFIX");
        }
    }
}
