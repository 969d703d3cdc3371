using System.Globalization;
using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>No image of an evaluation is trained on, under whatever name COCO gives it.</summary>
internal sealed class LeakageCheck(EvaluationImages evaluation) : ISetCheck
{
    /// <inheritdoc/>
    public void Observe(DatasetRecord record, RowFindings findings)
    {
        foreach (DatasetImage image in record.Images)
        {
            if (evaluation.Find(image) is not { } found)
            {
                continue;
            }

            string name = image.Path is { Length: > 0 } path ? $"image '{RowFindings.Shown(path)}'" : "the embedded image";
            string number = found.CocoNumber is long coco ? string.Create(CultureInfo.InvariantCulture, $" as COCO picture {coco}") : "";
            findings.Error(ProblemKind.Leakage, $"{name} is in the evaluation {found.File}{number}", "drop the row: its score would be that of a seen image");
        }
    }

    /// <inheritdoc/>
    public void Finish(RowFindings findings)
    {
    }
}
