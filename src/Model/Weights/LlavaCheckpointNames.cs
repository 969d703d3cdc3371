namespace NSft.Model.Weights;

/// <summary>The one table between tensor names in files and the names used here (the hub's), in both directions.</summary>
public static class LlavaCheckpointNames
{
    private const string VisionModel = "vision_model.";
    private const string Tower = "vision_tower.";

    // (hub prefix, current prefix); the first match counts.
    private static readonly (string Hub, string Current)[] Prefixes =
    [
        ("language_model.lm_head.", "lm_head."),
        ("language_model.model.", "model.language_model."),
        (Tower, "model." + Tower),
        ("multi_modal_projector.", "model.multi_modal_projector."),
    ];

    /// <summary>Name used here for a tensor of a file, or null when no LLaVA has such a tensor.</summary>
    /// <param name="fileName">Name in the file.</param>
    public static string? ToHub(string fileName)
    {
        foreach ((string hub, string current) in Prefixes)
        {
            if (Replaced(fileName, current, hub) is { } renamed)
            {
                return WithVisionModel(renamed);
            }
        }

        return Prefixes.Any(prefix => fileName.StartsWith(prefix.Hub, StringComparison.Ordinal))
            ? WithVisionModel(fileName)
            : null;
    }

    /// <summary>Name in a file for a tensor named as here.</summary>
    /// <param name="hubName">Name used here.</param>
    /// <param name="naming">Form of names of the file.</param>
    /// <exception cref="ArgumentException">No LLaVA has such a tensor.</exception>
    public static string ToFile(string hubName, CheckpointNaming naming)
    {
        if (!naming.HasVisionModel && Replaced(hubName, Tower + VisionModel, Tower) is { } shorter)
        {
            hubName = shorter;
        }

        foreach ((string hub, string current) in Prefixes)
        {
            if (hubName.StartsWith(hub, StringComparison.Ordinal))
            {
                return naming.IsCurrent ? Replaced(hubName, hub, current)! : hubName;
            }
        }

        throw new ArgumentException($"No LLaVA checkpoint has a tensor {hubName}.", nameof(hubName));
    }

    /// <summary>The form of names that a file uses.</summary>
    /// <param name="fileNames">Its tensor names.</param>
    public static CheckpointNaming Detect(IEnumerable<string> fileNames)
    {
        string[] names = [.. fileNames];
        bool isCurrent = names.Any(static name =>
            Prefixes.Any(prefix => name.StartsWith(prefix.Current, StringComparison.Ordinal)));
        return new CheckpointNaming(isCurrent, names.Any(static name => name.Contains(Tower + VisionModel, StringComparison.Ordinal)));
    }

    /// <summary>Whether a tensor holds nothing that is learned and may be left unread.</summary>
    /// <param name="fileName">Name in the file.</param>
    internal static bool IsIgnorable(string fileName) =>
        fileName.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal)
        || fileName.EndsWith(".position_ids", StringComparison.Ordinal);

    private static string WithVisionModel(string hubName) =>
        hubName.StartsWith(Tower + VisionModel, StringComparison.Ordinal)
            ? hubName
            : Replaced(hubName, Tower, Tower + VisionModel) ?? hubName;

    private static string? Replaced(string name, string prefix, string replacement) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? string.Concat(replacement, name.AsSpan(prefix.Length)) : null;
}
