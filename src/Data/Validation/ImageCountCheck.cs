using System.Globalization;
using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>A row has one image, as the model sees one.</summary>
internal sealed class ImageCountCheck : IRowCheck
{
    /// <inheritdoc/>
    public void Check(DatasetRecord record, RowFindings findings)
    {
        if (record.Images.Count == 0)
        {
            findings.Warn(ProblemKind.ImageCount, "the row has no image", "training skips it: name its image or drop the row");
        }
        else if (record.Images.Count > 1)
        {
            findings.Warn(
                ProblemKind.ImageCount,
                string.Create(CultureInfo.InvariantCulture, $"the row has {record.Images.Count} images"),
                "training skips it: the model sees one image a row; keep one or drop the row");
        }
    }
}
