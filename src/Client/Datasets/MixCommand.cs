using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Collectives;

namespace NSft.Client.Datasets;

/// <summary><c>nsft dataset mix</c>: one data set of several.</summary>
internal static class MixCommand
{
    private static readonly Option<string[]> DataOption = new("--data")
    {
        Description = "A data set with its share (FILE=0.7) or its number of rows (FILE=5000); without, all its rows. Once for each",
        Required = true,
    };

    private static readonly Option<string[]> FromOption = new("--from")
    {
        Description = "Format of the data sets: once for all, or once for each in their order (default: told by their look)",
    };

    private static readonly Option<long?> RowsOption = new("--rows") { Description = "Rows of the mixture (default: as many as the shares allow)" };

    private static readonly Option<bool> RepeatOption = new("--repeat") { Description = "Take rows of a small set several times" };

    private static readonly Option<ulong> SeedOption = SharedOptions.WithDefault("--seed", 0ul, "Seed of choice and order; the same seed makes the same mixture");

    private static readonly Option<string> OutOption = SharedOptions.Required("--out", "File to write, or a folder where the format has several files");

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        WritingOptions writing = new("Format to write (default: that of the first data set)");
        Option<bool> json = SharedOptions.Json();
        Command command = new("mix", $"Interleave data sets by shares or counts; a row's field '{Mixer.SourceField}' says where it comes from");
        foreach (Option option in new Option[] { DataOption, FromOption, RowsOption, RepeatOption, SeedOption, OutOption })
        {
            command.Options.Add(option);
        }

        writing.AddTo(command);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            MixSource[] sources = [.. parsed.GetRequiredValue(DataOption).Select(text => MixSource.Parse(DataOption.Name, text))];
            long? size = parsed.GetValue(RowsOption) is not long rows ? null
                : rows > 0 ? rows : throw new UserInputException($"{RowsOption.Name} must be at least 1, got {rows}");
            DatasetInput[] inputs = Open(sources, parsed.GetValue(FromOption) ?? []);
            DatasetOutput output = writing.Resolve(parsed, inputs[0].Format);
            string path = parsed.GetRequiredValue(OutOption);
            Array.ForEach(inputs, input => DatasetOutput.RefuseItself(input.Path, path));
            MixOutcome outcome = await RowProgress.RunAsync("mixing", inputs.Sum(input => RowTotal.Estimate(input.Path)) * 2, progress =>
            {
                Mixer mixer = new(inputs, output, parsed.GetValue(SeedOption));
                SkippedRows skipped = new();
                long[] counts = [.. inputs.Select((input, source) => CountOf(mixer.CountRows(source, progress, skipped, cancellation), input))];
                IReadOnlyList<long> taken = MixPlan.Of(sources, counts, size, parsed.GetValue(RepeatOption));
                long written = output.Write(path, progress.Count(mixer.Mix(counts, taken), cancellation), path, skipped);
                return new MixOutcome(inputs, counts, taken, written, skipped);
            });
            outcome.Skipped.Write();
            Write(outcome, output, path, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static DatasetInput[] Open(MixSource[] sources, string[] formats)
    {
        if (formats.Length > 1 && formats.Length != sources.Length)
        {
            throw new UserInputException($"{FromOption.Name}: {formats.Length} formats for {sources.Length} data sets; name one for all, or one for each");
        }

        return [.. sources.Select((source, index) =>
            DatasetInput.Open(DataOption.Name, source.Path, formats.Length == 0 ? null : formats[formats.Length == 1 ? 0 : index], null))];
    }

    private static long CountOf(long rows, DatasetInput input) =>
        rows > 0 ? rows : throw new UserInputException($"{DataOption.Name} {input.Path}: holds no row that can be read");

    private static void Write(MixOutcome outcome, DatasetOutput output, string path, bool asJson)
    {
        if (asJson)
        {
            ConsoleOutput.WriteJson(new
            {
                Out = path,
                Format = output.Format.Name,
                outcome.Rows,
                Sources = outcome.Inputs.Select((input, index) => new { Data = input.Path, Format = input.Format.Name, Rows = outcome.Counts[index], Taken = outcome.Taken[index] }),
                LeftOut = outcome.Skipped.Count,
            });
            return;
        }

        for (int index = 0; index < outcome.Inputs.Count; index++)
        {
            ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{outcome.Inputs[index].Path} ({outcome.Inputs[index].Format.Name}): {outcome.Taken[index]} taken of {outcome.Counts[index]} rows"));
        }

        ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {outcome.Rows} rows as {output.Format.Name}, {outcome.Skipped.Count} left out"));
    }
}
