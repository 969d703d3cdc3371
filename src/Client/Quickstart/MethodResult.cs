using NSft.Evaluation.Chair;
using NSft.Evaluation.Pope;
using NSft.Evaluation.Vqa;

namespace NSft.Client.Quickstart;

/// <summary>One row of the comparison: a method with its scores, memory and time.</summary>
internal sealed record MethodResult
{
    /// <summary>Short name: baseline, sft, nsft or dpo.</summary>
    public required string Method { get; init; }

    /// <summary>Name for a reader.</summary>
    public required string Title { get; init; }

    /// <summary>Peak learning rate; null for the baseline.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Invented objects in captions.</summary>
    public required ChairScore Chair { get; init; }

    /// <summary>POPE by split: random, popular, adversarial.</summary>
    public required IReadOnlyDictionary<string, PopeScore> Pope { get; init; }

    /// <summary>Short answers.</summary>
    public required VqaScore Vqa { get; init; }

    /// <summary>Caption of each evaluation image.</summary>
    public required IReadOnlyDictionary<string, string> Captions { get; init; }

    /// <summary>Largest memory of one worker above weights, gradients and optimizer state, in bytes; null when unknown or not trained.</summary>
    public long? PeakExtraBytes { get; init; }

    /// <summary>Time of training; zero for the baseline.</summary>
    public TimeSpan TrainingTime { get; init; }

    /// <summary>Time of evaluation.</summary>
    public TimeSpan EvaluationTime { get; init; }

    /// <summary>Loss of every step; empty for the baseline.</summary>
    public IReadOnlyList<TrainingPoint> Steps { get; init; } = [];

    /// <summary>Mean accuracy over the splits.</summary>
    public double MeanPopeAccuracy => Pope.Values.Average(score => score.Accuracy);

    /// <summary>Mean yes-ratio over the splits.</summary>
    public double MeanYesRatio => Pope.Values.Average(score => score.YesRatio);
}
