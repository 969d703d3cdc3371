using NSft.Training;

namespace NSft.Client.Quickstart;

/// <summary>How the quickstart trains: one place for its numbers.</summary>
internal static class QuickstartSettings
{
    /// <summary>Conversation template of the sample's model.</summary>
    public const string Template = "scenes";

    /// <summary>Passes over the pairs unless the user says otherwise.</summary>
    public const int Epochs = 3;

    /// <summary>Pairs of one step.</summary>
    public const int GlobalBatch = 32;

    /// <summary>Workers of each run unless the user says otherwise.</summary>
    public const int WorkerCount = 2;

    /// <summary>The trained methods: the paper's comparison, each at the rate that it does well with on the sample.</summary>
    public static IReadOnlyList<TrainedMethod> Methods { get; } =
    [
        new(QuickstartMethods.Sft, "continual SFT", ObjectiveKind.Sft, 1e-4),
        new(QuickstartMethods.Nsft, "nSFT", ObjectiveKind.Nsft, 1e-4),
        new(QuickstartMethods.Dpo, "DPO", ObjectiveKind.Dpo, 2e-5),
    ];
}
