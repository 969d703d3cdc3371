using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;

namespace NSft.Client.Datasets;

/// <summary><c>nsft dataset split</c>: parts of a data set, no image in two of them.</summary>
internal static class SplitCommand
{
    private const string ByImage = "image";

    private static readonly Option<string> FolderOption = SharedOptions.Required("--out-dir", "Folder for the parts; it appears when all are complete");

    private static readonly Option<string> PartsOption = SharedOptions.WithDefault("--parts", "train=0.9,eval=0.1", "Names and shares of the parts");

    private static readonly Option<ulong> SeedOption = SharedOptions.WithDefault("--seed", 0ul, "Seed; the same seed makes the same parts");

    private static readonly Option<string> ByOption = SharedOptions.OneOf(
        "--by", ByImage, "What stays together: all rows of an image (COCO's names for one picture count as one), or single rows", ByImage, "row");

    private static readonly Option<bool> OverwriteOption = new("--overwrite") { Description = "Replace what is in the output folder" };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        DatasetOptions data = new();
        WritingOptions writing = new("Format to write (default: that of the data)");
        Option<bool> json = SharedOptions.Json();
        Command command = new("split", "Split a data set into parts by hashing images or rows");
        data.AddTo(command);
        writing.AddTo(command, writesOne: false);
        foreach (Option option in new Option[] { FolderOption, PartsOption, SeedOption, ByOption, OverwriteOption, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            IReadOnlyList<SplitPart> parts = SplitPart.ParseAll(PartsOption.Name, parsed.GetRequiredValue(PartsOption));
            DatasetInput input = data.Resolve(parsed);
            DatasetOutput output = writing.Resolve(parsed, input.Format);
            StagedFolder folder = new(FolderOption.Name, parsed.GetRequiredValue(FolderOption), parsed.GetValue(OverwriteOption));
            bool byImage = parsed.GetRequiredValue(ByOption) == ByImage;
            Splitter splitter = new(input, output, parts, parsed.GetValue(SeedOption), byImage);
            SplitOutcome outcome = await RowProgress.RunAsync(
                "splitting", RowTotal.Estimate(input.Path) * splitter.PassCount, progress => folder.Fill(path => splitter.Run(path, progress, cancellation)));
            outcome.Skipped.Write();
            Write(input, folder.Path, outcome, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Write(DatasetInput input, string folder, SplitOutcome outcome, bool asJson)
    {
        if (asJson)
        {
            ConsoleOutput.WriteJson(new
            {
                Data = input.Path,
                Format = input.Format.Name,
                OutDir = folder,
                Parts = outcome.Parts.Select(part => new { part.Name, part.Rows, File = Path.Combine(folder, part.File) }),
                LeftOut = outcome.Skipped.Count,
            });
            return;
        }

        long all = Math.Max(1, outcome.Parts.Sum(part => part.Rows));
        foreach ((string _, string file, long rows) in outcome.Parts)
        {
            ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.Combine(folder, file)}: {rows} rows, {(double)rows / all:P1}"));
        }
    }
}
