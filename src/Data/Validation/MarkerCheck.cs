using System.Globalization;
using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>There are as many image markers as images, all in the first human message.</summary>
/// <param name="markersAreRequired">Whether the format has markers, so that an image without one would go unseen.</param>
internal sealed class MarkerCheck(bool markersAreRequired) : IRowCheck
{
    /// <inheritdoc/>
    public void Check(DatasetRecord record, RowFindings findings)
    {
        int inFirst = 0;
        int elsewhere = 0;
        bool isFirst = true;
        foreach (DatasetMessage message in record.Prompt)
        {
            if (message.Role == DatasetRole.Assistant)
            {
                continue;
            }

            int count = message.Text.AsSpan().Count(RecordTexts.ImageMarker);
            inFirst += isFirst && message.Role == DatasetRole.Human ? count : 0;
            elsewhere += isFirst && message.Role == DatasetRole.Human ? 0 : count;
            isFirst &= message.Role != DatasetRole.Human;
        }

        int markers = inFirst + elsewhere;
        bool mayHaveNone = !markersAreRequired && markers == 0;
        if (markers != record.Images.Count && !mayHaveNone)
        {
            findings.Error(
                ProblemKind.Markers,
                string.Create(CultureInfo.InvariantCulture, $"{markers} {RecordTexts.ImageMarker} markers for {record.Images.Count} images"),
                record.Images.Count == 0 ? "take the markers out or name the image" : "write one marker for each image into the first question");
        }
        else if (elsewhere > 0)
        {
            findings.Error(ProblemKind.Markers, "an image marker stands outside the first question", "move it into the first question");
        }
    }
}
