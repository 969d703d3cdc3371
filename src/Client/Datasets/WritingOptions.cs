using System.CommandLine;
using NSft.Client.Parsing;
using NSft.Collectives;
using NSft.Data.Formats;

namespace NSft.Client.Datasets;

/// <summary>The options that say how a data set is written.</summary>
internal sealed class WritingOptions(string formatDescription)
{
    /// <summary><c>--to</c>.</summary>
    public Option<string?> To { get; } = DatasetOptions.FormatOption("--to", formatDescription);

    /// <summary><c>--to-set</c>.</summary>
    public Option<string?> ToSet { get; } = SharedOptions.Optional("--to-set", "Name of the set to write, where the format has a registry (default: the file's name)");

    /// <summary><c>--images-out</c>.</summary>
    public Option<string?> ImagesOut { get; } = SharedOptions.Optional(
        "--images-out", "Folder for images that rows hold themselves, where the format only holds paths");

    /// <summary><c>--embed</c>.</summary>
    public Option<string?> Embed { get; } = SharedOptions.Optional(
        "--embed", "Folder of the images that are put into the rows themselves (rlhf-v, rlaif-v, trl, ms-swift)");

    /// <summary><c>--strict</c>.</summary>
    public Option<bool> Strict { get; } = new("--strict") { Description = "Make a row that cannot be read or written an error" };

    /// <summary>Adds them to a verb.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="writesOne">Whether it writes one set, which can be given a name.</param>
    public void AddTo(Command command, bool writesOne = true)
    {
        command.Options.Add(To);
        if (writesOne)
        {
            command.Options.Add(ToSet);
        }

        command.Options.Add(ImagesOut);
        command.Options.Add(Embed);
        command.Options.Add(Strict);
    }

    /// <summary>How to write.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="unnamed">The format when the user names none.</param>
    public DatasetOutput Resolve(ParseResult parsed, IDatasetFormat unnamed)
    {
        IDatasetFormat format = parsed.GetValue(To) is string name ? DatasetFormats.ByName(name) : unnamed;
        string? images = parsed.GetValue(ImagesOut);
        if (images is not null && File.Exists(images))
        {
            throw new UserInputException($"{ImagesOut.Name} {images}: is a file; a folder is needed");
        }

        string? embed = parsed.GetValue(Embed);
        if (embed is not null && !Directory.Exists(embed))
        {
            throw new UserInputException($"{Embed.Name} {embed}: no such folder");
        }

        return format.CanWrite
            ? new DatasetOutput(format, images, parsed.GetValue(ToSet), parsed.GetValue(Strict)) { EmbedDirectory = embed }
            : throw new UserInputException($"{To.Name} {format.Name}: this format can only be read; name one that can be written ({string.Join(", ", DatasetFormats.All.Where(item => item.CanWrite).Select(item => item.Name))})");
    }
}
