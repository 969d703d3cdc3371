namespace NSft.Client.Kubernetes;

/// <summary>All that was learnt of the silos of a cluster.</summary>
/// <param name="Silos">Which silos.</param>
/// <param name="Set">Their StatefulSet.</param>
/// <param name="Pods">Their pods.</param>
/// <param name="Events">Warnings of the namespace.</param>
/// <param name="Answers">What silos said, by pod; those that said nothing are missing.</param>
/// <param name="ConsoleVersion">Version of this console.</param>
internal sealed record ClusterFacts(
    SiloSet Silos, SetFacts Set, IReadOnlyList<PodFacts> Pods, IReadOnlyList<EventFacts> Events, IReadOnlyDictionary<string, SiloAnswer> Answers, string ConsoleVersion);
