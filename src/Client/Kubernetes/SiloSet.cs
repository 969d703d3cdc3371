using NSft.Collectives;

namespace NSft.Client.Kubernetes;

/// <summary>The silos of a Kubernetes cluster.</summary>
/// <param name="Server">Its API server.</param>
/// <param name="Namespace">Their namespace.</param>
/// <param name="Name">Their StatefulSet.</param>
internal sealed record SiloSet(ApiServer Server, string Namespace, string Name)
{
    /// <summary>Path of the StatefulSet.</summary>
    public string Path => $"/apis/apps/v1/namespaces/{Uri.EscapeDataString(Namespace)}/statefulsets/{Uri.EscapeDataString(Name)}";

    /// <summary>Path of what is in the namespace: pods, events.</summary>
    public string CorePath(string resource) => $"/api/v1/namespaces/{Uri.EscapeDataString(Namespace)}/{resource}";

    /// <summary>What to say when they are not there.</summary>
    public UserInputException Missing(ApiException answer) => new(
        $"{Server.Address} ({Server.Origin}) has no StatefulSet {Name} in namespace {Namespace}: kubectl apply -k k8s/overlays/gpu makes it, --namespace and --name choose another", answer);
}
