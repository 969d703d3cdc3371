using System.CommandLine;
using System.Globalization;
using NSft.Client.Parsing;
using NSft.Collectives;
using NSft.Data.Formats;

namespace NSft.Client.Datasets;

/// <summary><c>nsft dataset inspect</c>: one row exactly as training sees it.</summary>
internal static class InspectCommand
{
    private static readonly Option<int?> RowOption = new("--row") { Description = "Position of the row, from 1 (default: 1)" };

    private static readonly Option<string?> IdOption = SharedOptions.Optional("--id", "Identifier of the row");

    private static readonly Option<string?> ImagesOption = SharedOptions.Optional("--images", "Folder of the images");

    private static readonly Option<int?> WidthOption = new("--image-width")
    {
        Description = "Characters in a line of the drawn image, 0 for none (default: 48 on a terminal, 0 elsewhere)",
    };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        DatasetOptions data = new();
        EncodingOptions encoding = new("to show template, tokens and what is trained");
        Option<bool> json = SharedOptions.Json();
        Command command = new("inspect", "Show one row: fields, image, conversation after the template, token ids, trained tokens highlighted");
        data.AddTo(command);
        encoding.AddTo(command);
        foreach (Option option in new Option[] { RowOption, IdOption, ImagesOption, WidthOption, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            DatasetInput input = data.Resolve(parsed);
            string? folder = parsed.GetValue(ImagesOption) is string images ? InputPath.Folder(ImagesOption.Name, images) : null;
            int? width = parsed.GetValue(WidthOption);
            if (width is < 0 or > InspectionText.WidestImage)
            {
                throw new UserInputException($"{WidthOption.Name} {width}: must be within 0 and {InspectionText.WidestImage}");
            }

            DatasetEncoding? encoder = encoding.Resolve(parsed);
            DatasetRecord record = Find(input, parsed.GetValue(RowOption), parsed.GetValue(IdOption));
            InspectedRow row = InspectedRow.Of(record, new FileImageProbe(folder), encoder, ValidateCommand.HasMarkers(input.Format));
            if (parsed.GetValue(json))
            {
                InspectionJson.Write(input, row);
            }
            else
            {
                InspectionText.Write(input, row, width);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static DatasetRecord Find(DatasetInput input, int? row, string? id)
    {
        if (row is not null && id is not null)
        {
            throw new UserInputException($"{RowOption.Name} and {IdOption.Name}: name one of the two");
        }

        int wanted = row ?? 1;
        if (wanted < 1)
        {
            throw new UserInputException($"{RowOption.Name} must be at least 1, got {wanted}");
        }

        int last = 0;
        foreach (RecordRead read in input.Read())
        {
            last = read.Record?.Row ?? read.Problem!.Row;
            bool isWanted = id is null ? last == wanted : (read.Record?.Id ?? read.Problem!.Id) == id;
            if (isWanted)
            {
                return read.Record ?? throw new UserInputException(read.Problem!.ToString());
            }
        }

        throw new UserInputException(id is not null
            ? $"{IdOption.Name} {id}: no row of {input.Path} has this id"
            : string.Create(CultureInfo.InvariantCulture, $"{RowOption.Name} {wanted}: {input.Path} has {last} rows"));
    }
}
