using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Data;
using NSft.Data.Formats;

namespace NSft.Client.Datasets;

/// <summary><c>nsft dataset import</c>: the rows of one format in another.</summary>
internal static class ImportCommand
{
    private const string DefaultFormat = "nsft";
    private const string Both = "both";
    private const string Chosen = "chosen";
    private const string Rejected = "rejected";

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        DatasetOptions data = new();
        WritingOptions writing = new($"Format to write (default: {DefaultFormat})");
        Option<string> output = SharedOptions.Required("--out", "File to write, or a folder where the format has several files");
        Option<string> side = SharedOptions.OneOf(
            "--side", Both, "Answers to carry: both, or one of them as a plain conversation, for formats without preference", Both, Chosen, Rejected);
        Option<string?> images = SharedOptions.Optional("--images", "Folder of image files to put into the rows, for formats whose rows hold images, as RLHF-V's Parquet");
        Option<bool> json = SharedOptions.Json();
        Command command = new("import", "Convert a data set from one format to another; fields that NSft does not know are kept");
        data.AddTo(command);
        writing.AddTo(command);
        command.Options.Add(output);
        command.Options.Add(side);
        command.Options.Add(images);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            DatasetInput input = data.Resolve(parsed);
            DatasetOutput target = writing.Resolve(parsed, DatasetFormats.ByName(DefaultFormat));
            string path = parsed.GetRequiredValue(output);
            DatasetOutput.RefuseItself(input.Path, path);
            string? folder = parsed.GetValue(images) is string named ? InputPath.Folder(images.Name, named) : null;
            SkippedRows skipped = new();
            long written = await RowProgress.RunAsync("converting", RowTotal.Estimate(input.Path), progress =>
            {
                IEnumerable<DatasetRecord> records = progress.Count(target.Read(input, skipped), cancellation);
                IEnumerable<DatasetRecord> sided = Sided(records, parsed.GetRequiredValue(side), problem => target.LeaveOut(problem, skipped), input.Path);
                IEnumerable<DatasetRecord> whole = folder is null ? sided : new ImageEmbedding(folder).Embed(sided, input.Path, problem => target.LeaveOut(problem, skipped));
                return target.Write(path, whole, input.Path, skipped);
            });
            skipped.Write();
            Write(input, target, path, (written, skipped), parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>The rows with the side that is wanted alone; a row that lacks it is left out.</summary>
    private static IEnumerable<DatasetRecord> Sided(IEnumerable<DatasetRecord> records, string side, Action<RowProblem> leaveOut, string file)
    {
        foreach (DatasetRecord record in records)
        {
            if (side == Both)
            {
                yield return record;
            }
            else if ((side == Chosen ? record.Chosen : record.Rejected) is { } answer)
            {
                yield return record with { Chosen = answer, Rejected = null };
            }
            else
            {
                leaveOut(new RowProblem(file, record.Row, record.Id, $"the row has no {side} answer", "carry another side"));
            }
        }
    }

    private static void Write(DatasetInput input, DatasetOutput target, string path, (long Rows, SkippedRows Skipped) result, bool asJson)
    {
        if (asJson)
        {
            ConsoleOutput.WriteJson(new
            {
                Data = input.Path,
                From = input.Format.Name,
                Out = path,
                To = target.Format.Name,
                result.Rows,
                LeftOut = result.Skipped.Count,
                Problems = result.Skipped.First.Select(problem => new { problem.Row, problem.Id, problem.Reason, problem.Hint }),
            });
            return;
        }

        ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: {result.Rows} rows as {target.Format.Name}, from {input.Path} ({input.Format.Name}); {result.Skipped.Count} left out"));
    }
}
