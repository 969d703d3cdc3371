using System.Globalization;

namespace NSft.Client.Kubernetes;

/// <summary>What is wrong with one pod of a silo, and what to do about it. Pure.</summary>
internal static class PodDiagnosis
{
    private const int KilledExitCode = 137;

    private static readonly string[] StorageWords = ["storage", "container ", "azblob", "account", "blob", "credential", "connectionstring"];

    /// <summary>What there is to say of a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="answer">What its silo said; null for nothing.</param>
    /// <param name="events">Warnings about it.</param>
    public static IEnumerable<Finding> Of(PodFacts pod, SiloAnswer? answer, IEnumerable<EventFacts> events)
    {
        if (pod.IsEnding)
        {
            return [new Finding(FindingLevel.Warning, pod.Name, "drains: its workers leave at a step boundary, then it ends")];
        }

        Finding? fault = OfPlace(pod) ?? OfContainer(pod) ?? OfVolume(pod, events) ?? OfReadiness(pod, answer);
        return fault is not null ? [fault] : OfReady(pod, answer);
    }

    private static Finding? OfPlace(PodFacts pod) => pod.Unschedulable is not { } reason ? null
        : reason.Contains("nvidia.com/gpu", StringComparison.Ordinal) ? Fault(pod, $"no device: no node has a free GPU ({reason})",
            "add nodes to the GPU pool, see that the NVIDIA device plugin runs on them (kubectl get nodes -o custom-columns=NAME:.metadata.name,GPU:.status.allocatable.nvidia\\.com/gpu), or want fewer silos")
        : reason.Contains("PersistentVolumeClaim", StringComparison.OrdinalIgnoreCase) ? Fault(pod, $"its volume is not there ({reason})",
            "kubectl get pvc,storageclass: the cluster needs a default storage class, or the overlay must name one")
        : reason.Contains("untolerated taint", StringComparison.Ordinal) ? Fault(pod, $"no node takes it ({reason})", "let the overlay tolerate the taint of the nodes that it shall run on")
        : Fault(pod, $"no node takes it ({reason})", "add nodes, or ask for less in the overlay's resources");

    private static Finding? OfContainer(PodFacts pod) => pod.WaitingReason switch
    {
        "ImagePullBackOff" or "ErrImagePull" or "InvalidImageName" or "ErrImageNeverPull" => Fault(pod, $"its image {pod.Image} cannot be had: {pod.WaitingMessage}",
            "push it, and name it in the overlay: kustomize edit set image nsft-silo=REGISTRY/nsft-silo:TAG; a private registry needs imagePullSecrets"),
        "CreateContainerConfigError" => Fault(pod, $"its configuration is not there: {pod.WaitingMessage}", pod.WaitingMessage?.Contains("nsft-storage", StringComparison.Ordinal) == true
            ? "kubectl create secret generic nsft-storage --from-literal=connection-string='...' makes the secret of the storage account"
            : "make the secret or config map that is named"),
        "CreateContainerError" or "RunContainerError" => Fault(pod, $"its container cannot be made: {pod.WaitingMessage}", "kubectl describe pod tells more; with a GPU, see that the node's driver and container toolkit work"),
        "CrashLoopBackOff" => OfCrash(pod),
        null when pod.EndReason is not null && !pod.IsReady && pod.RestartCount > 0 => OfCrash(pod),
        _ => null,
    };

    private static Finding OfCrash(PodFacts pod)
    {
        string times = string.Create(CultureInfo.InvariantCulture, $"ended {pod.RestartCount} times");
        return pod switch
        {
            { EndReason: "OOMKilled" } => Fault(pod, $"{times}, last for want of memory", "raise resources.limits.memory in the overlay, or give the run a smaller micro-batch"),
            { LastWords: { } words } when IsStorage(words) => Fault(pod, $"{times}, storage cannot be used: {words}",
                "mend the secret nsft-storage or the account (containers, network rules, roles of the identity), then delete the pod"),
            { LastWords: { } words } => Fault(pod, $"{times}: {words}", "mend the setting that is named, and apply again"),
            { ExitCode: KilledExitCode } => Fault(pod, $"{times}, killed", "its node was short of memory, or it did not answer /healthz/live for long: kubectl describe pod tells which"),
            _ => Fault(pod, string.Create(CultureInfo.InvariantCulture, $"{times}, last with exit code {pod.ExitCode}"), "kubectl logs --previous shows what it said"),
        };
    }

    private static Finding? OfVolume(PodFacts pod, IEnumerable<EventFacts> events) =>
        !pod.IsReady && events.FirstOrDefault(one => one.Reason is "FailedMount" or "FailedAttachVolume" or "ProvisioningFailed") is { } failed
            ? Fault(pod, $"its volume cannot be attached: {failed.Message}", "kubectl get pvc, and the storage class's own documents")
            : null;

    private static Finding? OfReadiness(PodFacts pod, SiloAnswer? answer) => (pod.IsReady, answer) switch
    {
        (false, null) when pod.WaitingReason is { } waiting => new Finding(FindingLevel.Warning, pod.Name, $"starts ({waiting})"),
        (false, null) => Fault(pod, "the silo is not ready and does not answer /healthz/ready", "kubectl logs shows what it waits for"),
        (false, { Status: "ready" }) => new Finding(FindingLevel.Warning, pod.Name, "has just become ready"),
        (false, { Status: "joining" } joining) => Fault(pod, $"the silo is not ready: {joining.Reason}",
            "it must reach the membership table (Clustering in the config map nsft-settings) and port 11111 of every other silo; members that died without a word hold it up for a minute or two"),
        (false, { } other) => Fault(pod, $"the silo is not ready: {other.Status}, {other.Reason}", "kubectl logs shows why"),
        _ => null,
    };

    private static List<Finding> OfReady(PodFacts pod, SiloAnswer? answer)
    {
        if (answer is null)
        {
            return [new Finding(FindingLevel.Warning, pod.Name, "is ready, but this console cannot ask it for devices and storage", "in a pod, the network policy nsft-silo lets the console in; outside, the caller needs the right get pods/proxy")];
        }

        List<Finding> findings = [];
        if (pod.WantsGpu && answer.GpuCount == 0)
        {
            findings.Add(Fault(pod, "no device: it has a GPU by Kubernetes, but nvidia-smi shows it none", "see that the image is the one for GPUs, and that the node's driver is of CUDA 12.8 or newer (kubectl exec POD -- nvidia-smi)"));
        }

        if (answer.FailedStorageRequests > 0)
        {
            findings.Add(new Finding(FindingLevel.Warning, pod.Name, string.Create(CultureInfo.InvariantCulture, $"storage: {answer.FailedStorageRequests} requests failed after all tries since it started"),
                "see the account's network rules, throttling and credentials; kubectl logs names each"));
        }

        return findings.Count > 0 ? findings : [new Finding(FindingLevel.Good, pod.Name, "ready")];
    }

    private static bool IsStorage(string words) => StorageWords.Any(word => words.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static Finding Fault(PodFacts pod, string problem, string advice) => new(FindingLevel.Fault, pod.Name, problem, advice);
}
