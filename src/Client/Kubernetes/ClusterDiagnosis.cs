using System.Globalization;

namespace NSft.Client.Kubernetes;

/// <summary>What is wrong with the silos of a cluster, worst first. Pure.</summary>
internal static class ClusterDiagnosis
{
    /// <summary>What there is to say.</summary>
    public static IReadOnlyList<Finding> Of(ClusterFacts facts) =>
    [
        .. new[] { OfSet(facts) }
            .Concat(facts.Pods.SelectMany(pod => PodDiagnosis.Of(pod, facts.Answers.GetValueOrDefault(pod.Name), EventsOf(facts, pod))))
            .Concat(OfVersions(facts))
            .OrderByDescending(finding => finding.Level),
    ];

    private static Finding OfSet(ClusterFacts facts)
    {
        string subject = $"{facts.Silos.Namespace}/{facts.Silos.Name}";
        int ready = facts.Pods.Count(pod => pod.IsReady && !pod.IsEnding);
        string count = string.Create(CultureInfo.InvariantCulture, $"{facts.Set.Wanted} silos wanted, {facts.Pods.Count(pod => !pod.IsEnding)} there, {ready} ready");
        if (facts.Set.Wanted == 0)
        {
            return new Finding(FindingLevel.Warning, subject, count, "nsft cluster scale --replicas N");
        }

        EventFacts? refused = facts.Pods.Count < facts.Set.Wanted
            ? facts.Events.FirstOrDefault(one => one is { Kind: "StatefulSet", Reason: "FailedCreate" } && one.Name == facts.Silos.Name)
            : null;
        return refused is not null ? new Finding(FindingLevel.Fault, subject, $"{count}: {refused.Message}", "see quotas and pod security of the namespace")
            : new Finding(ready == facts.Set.Wanted ? FindingLevel.Good : ready == 0 ? FindingLevel.Fault : FindingLevel.Warning, subject, count);
    }

    /// <summary>A silo works with others of its version; a roll-out mixes them only while it lasts.</summary>
    private static IEnumerable<Finding> OfVersions(ClusterFacts facts)
    {
        string[] old = [.. facts.Pods.Where(pod => facts.Set.Revision is not null && pod.Revision is not null && pod.Revision != facts.Set.Revision).Select(pod => pod.Name)];
        if (old.Length > 0)
        {
            yield return new Finding(FindingLevel.Warning, "versions", $"{string.Join(", ", old)} run an older revision of the StatefulSet",
                $"a roll-out goes on: kubectl rollout status statefulset/{facts.Silos.Name}; where it stands still, the pod that is not ready holds it up");
        }

        string[] images = [.. facts.Pods.Select(pod => pod.Image).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (images.Length > 1)
        {
            yield return new Finding(FindingLevel.Fault, "versions", $"silos of one cluster run different images: {string.Join(", ", images)}", "let the roll-out end; work between versions is not tried");
        }

        string[] versions = [.. facts.Answers.Values.Select(answer => answer.Version).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (versions.Any(version => version != facts.ConsoleVersion))
        {
            yield return new Finding(FindingLevel.Warning, "versions", $"this console is {facts.ConsoleVersion}, silos are {string.Join(", ", versions)}", "use the console of the silos' version: its calls may be unknown to them");
        }
    }

    private static IEnumerable<EventFacts> EventsOf(ClusterFacts facts, PodFacts pod) => facts.Events.Where(one =>
        (one.Kind == "Pod" && one.Name == pod.Name) || (one.Kind == "PersistentVolumeClaim" && one.Name.EndsWith($"-{pod.Name}", StringComparison.Ordinal)));
}
