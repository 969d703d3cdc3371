using System.CommandLine;
using System.Diagnostics;
using NSft.Client.Parsing;
using NSft.Collectives.Files;
using NSft.Data.Formats;
using NSft.Data.Validation;

namespace NSft.Client.Datasets;

/// <summary><c>nsft dataset validate</c>: finds what is wrong with rows before a GPU is touched.</summary>
internal static class ValidateCommand
{
    /// <summary>Formats whose questions hold a marker for each image: one without would be trained blind.</summary>
    private static readonly string[] MarkerFormats = ["llava", "sima", "llamafactory", "ms-swift"];

    private static readonly Option<string?> ImagesOption = SharedOptions.Optional("--images", "Folder of the images: every one is decoded once");

    private static readonly Option<int> MinSideOption = SharedOptions.Count("--min-size", 32, "Fewest pixels of an image's shorter side");

    private static readonly Option<string[]> EvalOption = new("--eval")
    {
        Description = "Files of evaluations (questions, annotations, data sets, lists of names) whose images must not be trained on",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> StrictOption = new("--strict") { Description = "Let warnings fail too" };

    private static readonly Option<int> ListOption = SharedOptions.Count("--list", 5, "Problems of each kind to list; all are counted", least: 0);

    private static readonly Option<string?> OutOption = SharedOptions.Optional("--out", "File for all problems, one JSON object a line");

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        DatasetOptions data = new();
        EncodingOptions encoding = new("for token lengths");
        Option<bool> json = SharedOptions.Json();
        Command command = new("validate", "Find what is wrong with a data set: rows, texts, images, lengths, duplicates, balance, leakage");
        data.AddTo(command);
        encoding.AddTo(command);
        foreach (Option option in new Option[] { ImagesOption, MinSideOption, EvalOption, StrictOption, ListOption, OutOption, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            DatasetInput input = data.Resolve(parsed);
            string? output = parsed.GetValue(OutOption) is string file ? InputPath.Writable(OutOption.Name, file) : null;
            ValidationOptions options = Read(parsed, input, encoding);
            ProblemList problems = new(parsed.GetValue(ListOption));
            Stopwatch time = Stopwatch.StartNew();
            ValidationSummary summary = await RowProgress.RunAsync(
                "validating", RowTotal.Estimate(input.Path), progress => Validate(input, options, problems, output, progress, cancellation));
            bool isGood = summary.Errors == 0 && (summary.Warnings == 0 || !parsed.GetValue(StrictOption));
            ValidationReport report = new(input, summary, problems, time.Elapsed, isGood);
            report.Write(parsed.GetValue(json));
            return isGood ? ExitCodes.Success : ExitCodes.UserError;
        });
        return command;
    }

    /// <summary>Whether a format's questions hold markers for images.</summary>
    public static bool HasMarkers(IDatasetFormat format) => MarkerFormats.Contains(format.Name, StringComparer.Ordinal);

    private static ValidationOptions Read(ParseResult parsed, DatasetInput input, EncodingOptions encoding)
    {
        string? folder = parsed.GetValue(ImagesOption) is string images ? InputPath.Folder(ImagesOption.Name, images) : null;
        EvaluationImages? evaluation = null;
        foreach (string file in parsed.GetValue(EvalOption) ?? [])
        {
            evaluation ??= new EvaluationImages();
            EvaluationImageReader.Read(InputPath.File(EvalOption.Name, file), evaluation);
        }

        return new ValidationOptions
        {
            MarkersAreRequired = HasMarkers(input.Format),
            Images = new FileImageProbe(folder),
            SmallestSide = parsed.GetValue(MinSideOption),
            Meter = encoding.Resolve(parsed),
            Evaluation = evaluation,
        };
    }

    private static ValidationSummary Validate(
        DatasetInput input, ValidationOptions options, ProblemList problems, string? output, RowProgress progress, CancellationToken cancellation)
    {
        DatasetValidator validator = new(options);
        if (output is null)
        {
            return validator.Validate(input.ReadToBreak(), problems.Add, progress, cancellation);
        }

        ValidationSummary? summary = null;
        AtomicFile.Write(output, stream =>
        {
            using StreamWriter writer = new(stream, leaveOpen: true);
            void Take(DatasetProblem problem)
            {
                problems.Add(problem);
                writer.Write(ProblemJson.Line(problem));
                writer.Write('\n');
            }

            summary = validator.Validate(input.ReadToBreak(), Take, progress, cancellation);
        });
        return summary!;
    }
}
