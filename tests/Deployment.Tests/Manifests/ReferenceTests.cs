using System.Globalization;
using System.Text.Json.Nodes;

namespace NSft.Deployment.Tests.Manifests;

/// <summary>What one object says of another is true: schemas do not see that.</summary>
public sealed class ReferenceTests
{
    /// <summary>Secrets that the user brings; docs and manifests name them.</summary>
    private static readonly string[] Brought = ["nsft-storage", "nsft-chat"];

    public static TheoryData<string> Overlays => [.. Rendering.Overlays];

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Selectors_OfServicesBudgetsAndPolicies_MeetPods(string overlay)
    {
        Rendering rendered = await Rendering.OfAsync(overlay);
        List<JsonObject> pods = [.. rendered.Workloads.Select(one => one["spec"]!["template"]!["metadata"]!["labels"]!.AsObject())];
        IEnumerable<(string Name, JsonObject Labels)> selectors =
        [
            .. rendered.All("Service").Select(one => (Rendering.Name(one), one["spec"]!["selector"]!.AsObject())),
            .. rendered.All("PodDisruptionBudget").Select(one => (Rendering.Name(one), one["spec"]!["selector"]!["matchLabels"]!.AsObject())),
            .. rendered.All("NetworkPolicy").SelectMany(PodSelectors),
            .. rendered.Workloads.Select(one => (Rendering.Name(one), one["spec"]!["selector"]!["matchLabels"]!.AsObject())),
        ];
        Assert.All(selectors, selector => Assert.True(pods.Exists(pod => Matches(selector.Labels, pod)), $"{selector.Name}: no pod has {selector.Labels.ToJsonString()}"));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Ports_OfServicesProbesAndPolicies_AreOfContainers(string overlay)
    {
        Rendering rendered = await Rendering.OfAsync(overlay);
        HashSet<string> known = [.. rendered.Workloads.SelectMany(Rendering.Containers).SelectMany(container => Rendering.Items(container["ports"]))
            .SelectMany(port => new[] { port["name"]!.ToString(), port["containerPort"]!.ToString() })];
        IEnumerable<string> used =
        [
            .. rendered.All("Service").SelectMany(one => Rendering.Items(one["spec"]!["ports"])).Select(port => port["targetPort"]!.ToString()),
            .. rendered.Workloads.SelectMany(Rendering.Containers).SelectMany(Probes).Select(probe => (probe["httpGet"] ?? probe["tcpSocket"])!["port"]!.ToString()),
            .. rendered.All("NetworkPolicy").SelectMany(one => Rendering.Items(one["spec"]!["ingress"])).SelectMany(rule => Rendering.Items(rule["ports"])).Select(port => port["port"]!.ToString()),
        ];
        Assert.Superset(used.ToHashSet(), known);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Ports_OfTheSilo_AreThoseItIsToldToListenOn(string overlay)
    {
        Rendering rendered = await Rendering.OfAsync(overlay);
        Dictionary<string, string> ports = Rendering.Items(rendered.SiloContainer["ports"]).ToDictionary(port => port["name"]!.ToString(), port => port["containerPort"]!.ToString());
        Assert.Equal(ports["silo"], rendered.Setting(rendered.SiloContainer, "Silo__SiloPort"));
        Assert.Equal(ports["gateway"], rendered.Setting(rendered.SiloContainer, "Silo__GatewayPort"));
        Assert.Equal(ports["http"], rendered.Setting(rendered.SiloContainer, "Http__Port"));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task SecretsAccountsAndVolumes_AreThere(string overlay)
    {
        Rendering rendered = await Rendering.OfAsync(overlay);
        HashSet<string> secrets = [.. rendered.All("Secret").Select(Rendering.Name), .. Brought];
        HashSet<string> accounts = [.. rendered.All("ServiceAccount").Select(Rendering.Name)];
        foreach (JsonObject workload in rendered.Workloads)
        {
            JsonObject pod = Rendering.PodSpec(workload);
            Assert.True(pod["serviceAccountName"] is null || accounts.Contains(pod["serviceAccountName"]!.ToString()));
            HashSet<string> volumes = [.. Rendering.Items(pod["volumes"]).Select(one => one["name"]!.ToString()), .. Rendering.Items(workload["spec"]!["volumeClaimTemplates"]).Select(Rendering.Name)];
            foreach (JsonObject container in Rendering.Containers(workload))
            {
                Assert.Superset(Rendering.Items(container["volumeMounts"]).Select(mount => mount["name"]!.ToString()).ToHashSet(), volumes);
                Assert.Superset(Rendering.Items(container["env"]).Select(one => one["valueFrom"]?["secretKeyRef"]?["name"]!.ToString()).OfType<string>().ToHashSet(), secrets);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Console_MayDoWhatItsVerbsAsk_AndNothingElse(string overlay)
    {
        Rendering rendered = await Rendering.OfAsync(overlay);
        IEnumerable<string> rights = Rendering.Items(rendered.One("Role", "nsft-console")["rules"]).SelectMany(rule =>
            from resource in rule["resources"]!.AsArray()
            from verb in rule["verbs"]!.AsArray()
            select $"{verb} {resource}{(rule["resourceNames"] is JsonArray names ? $" {string.Join(' ', names)}" : "")}");
        Assert.Equal(
            ["get statefulsets nsft-silo", "get statefulsets/scale nsft-silo", "list events", "list pods", "patch statefulsets/scale nsft-silo"],
            rights.Order(StringComparer.Ordinal));
        Assert.Equal("nsft-console", Assert.Single(Rendering.Items(rendered.One("RoleBinding", "nsft-console")["subjects"]))["name"]!.ToString());
        Assert.DoesNotContain(rendered.Objects, one => Rendering.Kind(one).StartsWith("ClusterRole", StringComparison.Ordinal));
        Assert.False(Rendering.PodSpec(rendered.Silos)["automountServiceAccountToken"]!.GetValue<bool>());
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Replicas_OfTheSilos_AreLeftToWhoScalesThem(string overlay) =>
        Assert.Null((await Rendering.OfAsync(overlay)).Silos["spec"]!["replicas"]);

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task GracePeriod_LeavesTimeForPauseAndDrain(string overlay)
    {
        Rendering rendered = await Rendering.OfAsync(overlay);
        TimeSpan drain = TimeSpan.Parse(rendered.Setting(rendered.SiloContainer, "Silo__DrainLimit")!, CultureInfo.InvariantCulture);
        JsonArray pause = rendered.SiloContainer["lifecycle"]!["preStop"]!["exec"]!["command"]!.AsArray();
        TimeSpan grace = TimeSpan.FromSeconds(Rendering.PodSpec(rendered.Silos)["terminationGracePeriodSeconds"]!.GetValue<long>());
        Assert.Equal("sleep", pause[0]!.ToString());
        Assert.True(grace >= drain + TimeSpan.FromSeconds(int.Parse(pause[1]!.ToString(), CultureInfo.InvariantCulture) + 30));
    }

    private static IEnumerable<JsonObject> Probes(JsonObject container) =>
        new[] { "startupProbe", "readinessProbe", "livenessProbe" }.Select(name => container[name]?.AsObject()).OfType<JsonObject>();

    private static IEnumerable<(string Name, JsonObject Labels)> PodSelectors(JsonObject policy)
    {
        IEnumerable<JsonObject> rules = Rendering.Items(policy["spec"]!["ingress"]).Concat(Rendering.Items(policy["spec"]!["egress"]));
        IEnumerable<JsonObject> peers = rules.SelectMany(rule => Rendering.Items(rule["from"]).Concat(Rendering.Items(rule["to"]))).Where(peer => peer["namespaceSelector"] is null);
        return peers.Append(policy["spec"]!.AsObject())
            .Select(one => one["podSelector"]?["matchLabels"]?.AsObject()).OfType<JsonObject>()
            .Select(labels => (Rendering.Name(policy), labels));
    }

    private static bool Matches(JsonObject selector, JsonObject labels) => selector.All(one => labels[one.Key]?.ToString() == one.Value!.ToString());
}
