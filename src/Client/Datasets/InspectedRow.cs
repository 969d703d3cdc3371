using NSft.Collectives;
using NSft.Data.Formats;
using NSft.Data.Validation;
using NSft.Model.Images;

namespace NSft.Client.Datasets;

/// <summary>A row with everything that inspection shows of it.</summary>
/// <param name="Record">The row.</param>
/// <param name="Images">Its images; pixels and facts are null for those that were not found or not looked for.</param>
/// <param name="Sides">Its answers as training sees them; empty without a model.</param>
/// <param name="Notes">What a reader should know.</param>
internal sealed record InspectedRow(
    DatasetRecord Record,
    IReadOnlyList<(DatasetImage Image, RgbImage? Pixels, ImageFacts? Facts)> Images,
    IReadOnlyList<EncodedSide> Sides,
    IReadOnlyList<string> Notes)
{
    /// <summary>Looks at a row.</summary>
    /// <param name="record">The row.</param>
    /// <param name="probe">Decodes images.</param>
    /// <param name="encoding">Encodes, or null.</param>
    /// <param name="markersAreRequired">Whether the format has image markers.</param>
    public static InspectedRow Of(DatasetRecord record, FileImageProbe probe, DatasetEncoding? encoding, bool markersAreRequired)
    {
        List<string> notes = [];
        List<(DatasetImage, RgbImage?, ImageFacts?)> images = [];
        foreach (DatasetImage image in record.Images)
        {
            images.Add(Look(image, probe));
        }

        List<EncodedSide> sides = [];
        foreach ((string side, IReadOnlyList<DatasetMessage>? answer) in new[] { (record.Rejected is null ? "answer" : "chosen", record.Chosen), ("rejected", record.Rejected) })
        {
            if (encoding is null || answer is null)
            {
                continue;
            }

            try
            {
                sides.Add(new EncodedSide(side, encoding.Encode(record, answer), encoding));
            }
            catch (UserInputException exception)
            {
                notes.Add($"{side} cannot be encoded: {exception.Message.TrimEnd('.')}");
            }
        }

        if (encoding is not null && record.Prompt.Count > 0 && record.Prompt[0].Role == DatasetRole.System)
        {
            notes.Add($"the row's system message is not trained with: template {encoding.Template} has its own");
        }

        ValidationOptions checks = new() { Images = probe, Meter = encoding, MarkersAreRequired = markersAreRequired };
        new DatasetValidator(checks).Validate([new RecordRead(record, null)], problem => notes.Add($"{ProblemJson.NameOf(problem.Severity)}: {problem.Reason}; {problem.Hint}"));
        return new InspectedRow(record, images, sides, notes);
    }

    private static (DatasetImage Image, RgbImage? Pixels, ImageFacts? Facts) Look(DatasetImage image, FileImageProbe probe)
    {
        try
        {
            return probe.Read(image) is { } found ? (image, found.Pixels, found.Facts) : (image, null, null);
        }
        catch (UserInputException)
        {
            // The checks of the row say what is wrong with it.
            return (image, null, null);
        }
    }
}
