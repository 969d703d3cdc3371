using System.Text.Json;
using NSft.Collectives;

namespace NSft.Model.Adapters;

/// <summary>Reads adapter_config.json and refuses what is not plain LoRA.</summary>
internal static class PeftConfigReader
{
    internal const string FileName = "adapter_config.json";

    // Options that change the mathematics; each must be absent, null, false or empty.
    private static readonly string[] Unsupported =
    [
        "use_dora", "use_qalora", "use_bdlora", "lora_bias", "fan_in_fan_out", "modules_to_save", "layers_to_transform",
        "layers_pattern", "layer_replication", "trainable_token_indices", "target_parameters", "alora_invocation_tokens",
        "arrow_config", "kasa_config", "monteclora_config",
    ];

    /// <exception cref="UserInputException">The file is missing, damaged or asks for something else.</exception>
    internal static LoraSettings Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException)
        {
            throw new UserInputException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    private static LoraSettings Read(JsonElement root, string path)
    {
        Require(Text(root, "peft_type") is null or "LORA", $"{path}: peft_type {Text(root, "peft_type")} is not supported (LORA is).");
        Require(Text(root, "bias") is null or "none", $"{path}: bias '{Text(root, "bias")}' is not supported (none is).");
        foreach (string option in Unsupported)
        {
            Require(IsUnset(root, option), $"{path}: {option} is not supported.");
        }

        Require(root.TryGetProperty("r", out JsonElement rank), $"{path}: r is missing.");
        (IReadOnlyList<string> targets, string? targetExpression) = Modules(root, "target_modules", path);
        (IReadOnlyList<string> excluded, string? excludeExpression) = Modules(root, "exclude_modules", path);
        Require(targets.Count > 0 || targetExpression is not null, $"{path}: target_modules is missing.");
        Require(targetExpression != "all-linear", $"{path}: target_modules 'all-linear' is not supported; list the modules.");
        Require(rank.GetInt32() >= 1, $"{path}: r is {rank.GetInt32()}, it must be at least 1.");
        return new LoraSettings
        {
            Rank = rank.GetInt32(),
            Alpha = root.TryGetProperty("lora_alpha", out JsonElement alpha) ? alpha.GetDouble() : 8,
            UsesRankStabilizedScale = !IsUnset(root, "use_rslora"),
            TargetModules = targets,
            TargetExpression = targetExpression,
            ExcludeModules = excluded,
            ExcludeExpression = excludeExpression,
            RankPattern = Patterns(root, "rank_pattern", static value => value.GetInt32()),
            AlphaPattern = Patterns(root, "alpha_pattern", static value => value.GetDouble()),
        };
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new UserInputException(message);
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsUnset(JsonElement root, string name) =>
        !root.TryGetProperty(name, out JsonElement value) || value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.False => true,
            JsonValueKind.Array => value.GetArrayLength() == 0,
            JsonValueKind.Object => !value.EnumerateObject().Any(),
            _ => false,
        };

    private static (IReadOnlyList<string> Endings, string? Expression) Modules(JsonElement root, string name, string path)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return ([], null);
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => ([], value.GetString()),
            JsonValueKind.Array => ([.. value.EnumerateArray().Select(static item => item.GetString()!)], null),
            _ => throw new UserInputException($"{path}: {name} must be a list or an expression."),
        };
    }

    private static Dictionary<string, T> Patterns<T>(JsonElement root, string name, Func<JsonElement, T> read) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().ToDictionary(static item => item.Name, item => read(item.Value), StringComparer.Ordinal)
            : [];
}
