using NSft.Model.Weights;

namespace NSft.Model.Adapters;

/// <summary>Names of adapter matrices, here and in PEFT files.</summary>
internal static class LoraNames
{
    internal const string DownSuffix = ".lora_A.weight";
    internal const string UpSuffix = ".lora_B.weight";
    private const string PeftPrefix = "base_model.model.";

    /// <summary>A module's names in the forms that transformers has used: current and older.</summary>
    /// <param name="hubName">Hub name of the layer without ".weight".</param>
    internal static string[] ModuleNames(string hubName) =>
        [LlavaCheckpointNames.ToFile(hubName, CheckpointNaming.Current), hubName];

    /// <summary>Key in a PEFT file of a parameter named as here.</summary>
    internal static string ToPeft(string name, bool usesHubModuleNames) =>
        PeftPrefix + (usesHubModuleNames ? name : LlavaCheckpointNames.ToFile(name, CheckpointNaming.Current));

    /// <summary>Name used here of a key in a PEFT file, or null when it is none.</summary>
    internal static string? FromPeft(string key) =>
        key.StartsWith(PeftPrefix, StringComparison.Ordinal) ? LlavaCheckpointNames.ToHub(key[PeftPrefix.Length..]) : null;

    /// <summary>Whether a key follows the older module names.</summary>
    internal static bool IsHubForm(string key) => key.StartsWith(PeftPrefix + "language_model.model.", StringComparison.Ordinal);
}
