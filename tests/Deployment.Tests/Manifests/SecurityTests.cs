using System.Text.Json.Nodes;

namespace NSft.Deployment.Tests.Manifests;

/// <summary>What the pod security standard "restricted" asks, which the namespace enforces, and a root file system that nobody writes.</summary>
public sealed class SecurityTests
{
    public static TheoryData<string> Overlays => [.. Rendering.Overlays];

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Pods_OfAnOverlay_AreRestricted(string overlay)
    {
        Rendering rendered = await Rendering.OfAsync(overlay);
        Assert.Equal("restricted", rendered.One("Namespace", "nsft")["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"]!.ToString());
        Assert.All(rendered.Workloads, workload =>
        {
            JsonObject pod = Rendering.PodSpec(workload);
            Assert.True(pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>());
            Assert.NotEqual(0, pod["securityContext"]!["runAsUser"]!.GetValue<long>());
            Assert.Equal("RuntimeDefault", pod["securityContext"]!["seccompProfile"]!["type"]!.ToString());
            Assert.DoesNotContain("hostPath", pod.ToJsonString(), StringComparison.Ordinal);
            Assert.All(Rendering.Containers(workload), container =>
            {
                JsonObject security = container["securityContext"]!.AsObject();
                Assert.True(security["readOnlyRootFilesystem"]!.GetValue<bool>());
                Assert.False(security["allowPrivilegeEscalation"]!.GetValue<bool>());
                Assert.Equal("ALL", Assert.Single(security["capabilities"]!["drop"]!.AsArray())!.ToString());
            });
        });
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Containers_OfNSft_WriteOnlyWhereAVolumeIs(string overlay)
    {
        Rendering rendered = await Rendering.OfAsync(overlay);
        foreach (JsonObject container in rendered.Workloads.SelectMany(Rendering.Containers).Where(one => one["image"]!.ToString().StartsWith("nsft-", StringComparison.Ordinal)))
        {
            string[] mounts = [.. Rendering.Items(container["volumeMounts"]).Select(mount => mount["mountPath"]!.ToString())];
            string[] written = [.. new[] { "Cache__Directory", "CUDA_CACHE_PATH", "HOME" }.Select(name => rendered.Setting(container, name)).OfType<string>(), "/tmp"];
            Assert.All(written, path => Assert.Contains(mounts, mount => path == mount || path.StartsWith($"{mount}/", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Gpu_Silo_AsksForOneAndLeavesTheCpuFree()
    {
        Rendering rendered = await Rendering.OfAsync("k8s/overlays/gpu");
        JsonObject resources = rendered.SiloContainer["resources"]!.AsObject();
        Assert.Equal(("1", "1"), (resources["requests"]!["nvidia.com/gpu"]!.ToString(), resources["limits"]!["nvidia.com/gpu"]!.ToString()));
        Assert.Equal(("true", "0"), (rendered.Setting(rendered.SiloContainer, "Silo__Cuda"), rendered.Setting(rendered.SiloContainer, "Silo__WorkersPerSilo")));
        Assert.Null(resources["limits"]!["cpu"]);
    }
}
