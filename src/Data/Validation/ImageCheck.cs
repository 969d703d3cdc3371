using System.Collections.Concurrent;
using System.Globalization;
using NSft.Collectives;
using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Images are there, can be decoded and are not too small; each is looked at once.</summary>
/// <param name="probe">Decodes images.</param>
/// <param name="smallestSide">Fewest pixels of the shorter side.</param>
internal sealed class ImageCheck(IImageProbe probe, int smallestSide) : IRowCheck
{
    // What was found in images that several rows share; null stands for nothing, so that good images take little memory.
    private readonly ConcurrentDictionary<UInt128, Finding?> _seen = new();

    /// <inheritdoc/>
    public void Check(DatasetRecord record, RowFindings findings)
    {
        foreach (DatasetImage image in record.Images.Where(probe.CanSee))
        {
            Finding? finding = _seen.GetOrAdd(ImageKey.Of(image), _ => Look(image));
            if (finding is null)
            {
                continue;
            }

            if (finding.Kind == ProblemKind.ImageSmall)
            {
                findings.Warn(finding.Kind, finding.Reason, finding.Hint);
            }
            else
            {
                findings.Error(finding.Kind, finding.Reason, finding.Hint);
            }
        }
    }

    private Finding? Look(DatasetImage image)
    {
        string name = image.Path is { Length: > 0 } path ? RowFindings.Shown(path) : "the embedded image";
        try
        {
            if (probe.Probe(image) is not { } facts)
            {
                return new Finding(ProblemKind.ImageMissing, $"image '{name}' is not there", "check --images, or drop the row");
            }

            string size = string.Create(CultureInfo.InvariantCulture, $"image '{name}' is {facts.Width} x {facts.Height} pixels, {facts.Mode}");
            return Math.Min(facts.Width, facts.Height) >= smallestSide ? null : new Finding(
                ProblemKind.ImageSmall, size, string.Create(CultureInfo.InvariantCulture, $"use images of at least {smallestSide} pixels a side, or drop the row"));
        }
        catch (UserInputException exception)
        {
            string reason = exception.Message.ReplaceLineEndings(" ").TrimEnd('.');
            return new Finding(
                ProblemKind.ImageUnreadable,
                reason.Contains(name, StringComparison.Ordinal) ? reason : $"{name}: {reason}",
                "fetch it again or convert it to JPEG or PNG, or drop the row");
        }
    }

    private sealed record Finding(ProblemKind Kind, string Reason, string Hint);
}
