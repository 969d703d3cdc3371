namespace NSft.Client.Kubernetes;

/// <summary>One thing that was looked at.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Subject">What was looked at: a pod, the StatefulSet, storage.</param>
/// <param name="Problem">What there is to say of it.</param>
/// <param name="Advice">What to do; null where nothing is.</param>
internal sealed record Finding(FindingLevel Level, string Subject, string Problem, string? Advice = null);
