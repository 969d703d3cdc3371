using System.Globalization;
using NSft.Grains.Contracts.Messages;
using NSft.Training;

namespace NSft.Client.Clusters;

/// <summary>Words of the run contracts as a reader sees them.</summary>
internal static class RunWords
{
#pragma warning disable CA1308 // words shown to a reader
    /// <summary>A word in small letters.</summary>
    public static string Lower(string word) => word.ToLowerInvariant();

    /// <summary>A phase.</summary>
    public static string Of(RunPhase phase) => phase.ToString().ToLowerInvariant();

    /// <summary>A worker's stage.</summary>
    public static string Of(WorkerStage stage) => stage.ToString().ToLowerInvariant();

    /// <summary>A kind of event: <c>ViewChanged</c> becomes <c>view changed</c>.</summary>
    public static string Of(RunEventKind kind) => string.Concat(kind.ToString().Select(
        (letter, index) => index > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    /// <summary>A moment.</summary>
    public static string Of(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>An objective.</summary>
    public static string Of(ObjectiveKind objective) => objective.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
