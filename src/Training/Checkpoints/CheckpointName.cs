using System.Globalization;

namespace NSft.Training.Checkpoints;

/// <summary>Names of checkpoints: <c>step-000123</c>.</summary>
internal static class CheckpointName
{
    internal const string Prefix = "step-";

    /// <summary>The name of the checkpoint after some steps.</summary>
    internal static string Of(int step) => Prefix + Number(step);

    internal static string Number(int step) => step.ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>The number of steps that a name tells; null for a name that is no checkpoint's.</summary>
    internal static int? StepOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(name[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int step)
            ? step
            : null;
}
