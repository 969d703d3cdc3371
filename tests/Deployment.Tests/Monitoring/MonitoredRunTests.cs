using System.Text.Json;
using System.Text.RegularExpressions;
using NSft.Client.Processes;
using NSft.Client.Tests;
using NSft.Tests.Servers;

namespace NSft.Deployment.Tests.Monitoring;

/// <summary>Prometheus scrapes three silos while they construct and train: every rule, alert and panel answers, with the figures that the console tells.</summary>
public sealed partial class MonitoredRunTests
{
    private const int Batch = 6;

    /// <summary>What no healthy run of silos on one machine shows: there was no recovery yet.</summary>
    private static readonly string[] AfterADeath = ["nsft_recovery_duration"];

    [Fact]
    public async Task Prometheus_ScrapingThreeSilosOfARun_AnswersRulesAlertsAndPanels()
    {
        using RuleFile rules = new();
        await using MonitoredCluster cluster = await MonitoredCluster.StartAsync(silos: 3, rules);
        await WorkAsync(cluster);

        await EverySelectorFindsSeriesAsync(cluster.Prometheus, rules);
        await EveryRecordingRuleHasNumbersAsync(cluster, rules);
        await EveryPanelHasNumbersAsync(cluster);
        await EveryAlertMatchesWhenItsComparisonsHoldAsync(cluster.Prometheus, rules);
        await NoAlertFiresAsync(cluster.Prometheus, rules);
        await FiguresAreTheConsolesAsync(cluster);
        await ALostSiloIsSeenAsync(cluster);
        await AnotherCoordinatorReportsTheRunAsync(cluster);
        await ACancelledRunWantsNoSilosAsync(cluster);
    }

    /// <summary>A construction, then a run that goes on until the silos are ended.</summary>
    private static async Task WorkAsync(MonitoredCluster cluster)
    {
        // Scraped before they count, or the first counts would be no increase.
        await cluster.WaitForAsync("count(nsft_construction_pairs{outcome=\"constructed\"} == 0)", samples => samples is [{ Value: 3 }]);
        string preferences = Fixture.Sample("preferences.json");
        ConsoleResult constructed = await cluster.Silos.RunAsync("construct", "--data", preferences, "--out", cluster.Silos.At("constructed.json"));
        Assert.True(constructed.ExitCode == 0, constructed.Error);
        ConsoleResult submitted = await cluster.Silos.RunAsync(
            "train", "--model", Fixture.SampleModel, "--tokenizer", Fixture.SampleTokenizer, "--data", preferences, "--images", Fixture.SampleImages,
            "--template", "scenes", "--objective", "sft", "--global-batch", $"{Batch}", "--steps", "100000", "--every", "10", "--workers", "3",
            "--config", cluster.Configuration, "--out", cluster.Silos.At("result"), "--detach", "--name", "watched");
        Assert.True(submitted.ExitCode == 0, submitted.Error);
        await cluster.WaitForAsync("max(nsft_view_size)", samples => samples is [{ Value: 3 }]);
        await cluster.WaitForAsync("sum(increase(nsft_checkpoint_duration_count[1m]))", samples => samples is [{ Value: > 0 }]);
    }

    private static async Task EverySelectorFindsSeriesAsync(PrometheusServer prometheus, RuleFile rules)
    {
        string[] selectors = [.. rules.All.Select(rule => rule.Expression)
            .Concat(Dashboard.Queries.Select(Resolve))
            .SelectMany(MetricNames.Selectors)
            .Distinct()];
        List<string> without = [];
        foreach (string selector in selectors)
        {
            if ((await prometheus.QueryAsync(selector)).Count == 0 && !IsAfterADeath(selector))
            {
                without.Add(selector);
            }
        }

        Assert.True(without.Count == 0, $"no series: {string.Join(", ", without)}");
    }

    private static async Task EveryRecordingRuleHasNumbersAsync(MonitoredCluster cluster, RuleFile rules)
    {
        foreach (Rule rule in rules.All.Where(rule => !rule.IsAlert))
        {
            await cluster.WaitForAsync(rule.Name, samples => samples.Any(sample => sample.Value >= 0));
        }
    }

    private static async Task EveryPanelHasNumbersAsync(MonitoredCluster cluster)
    {
        foreach (string query in Dashboard.Queries.Select(Resolve).Where(query => !IsAfterADeath(query)))
        {
            await cluster.WaitForAsync(query, samples => samples.Any(sample => double.IsFinite(sample.Value)));
        }
    }

    /// <summary>With every limit at 0 each alert finds series, so its labels fit together; only its limits keep it silent.</summary>
    private static async Task EveryAlertMatchesWhenItsComparisonsHoldAsync(PrometheusServer prometheus, RuleFile rules)
    {
        foreach (Rule alert in rules.All.Where(rule => rule.IsAlert))
        {
            Assert.True((await prometheus.QueryAsync(Comparison().Replace(alert.Expression, ">= 0"))).Count > 0, alert.Expression);
        }
    }

    private static async Task NoAlertFiresAsync(PrometheusServer prometheus, RuleFile rules)
    {
        JsonElement[] loaded = [.. (await prometheus.GetAsync("rules")).GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray())];
        Assert.Equal(rules.All.Select(rule => rule.Name).Order(StringComparer.Ordinal), loaded.Select(rule => rule.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        Assert.All(loaded, rule => Assert.Equal("ok", rule.GetProperty("health").GetString()));
        Assert.Empty((await prometheus.GetAsync("alerts")).GetProperty("alerts").EnumerateArray());
    }

    /// <summary>A paused run stands still, so that scrapes and console can be compared.</summary>
    private static async Task FiguresAreTheConsolesAsync(MonitoredCluster cluster)
    {
        await cluster.Silos.JsonAsync("pause", "watched", "--config", cluster.Configuration);
        await cluster.WaitForAsync("max by (phase) (nsft_run_phase) == 1", samples => samples is [var phase] && phase["phase"] == "paused");
        JsonElement status = await cluster.Silos.JsonAsync("status", "watched", "--config", cluster.Configuration);
        int committed = status.GetProperty("committedSteps").GetInt32();
        await cluster.WaitForAsync("sum(nsft_step_committed)", samples => samples is [{ Value: var value }] && value == committed);
        await cluster.WaitForAsync("sum(nsft_samples)", samples => samples is [{ Value: var value }] && value == committed * Batch);
        await cluster.WaitForAsync("sum(nsft_step_duration_count{phase=\"total\"})", samples => samples is [{ Value: var value }] && value == committed);
        await cluster.WaitForAsync("sum(nsft_storage_requests{operation=\"append\", outcome=\"ok\"})", samples => samples is [{ Value: > 0 }]);
        await cluster.WaitForAsync("sum(nsft_construction_pairs)", samples => samples is [{ Value: 627 }]);
        Assert.Equal(3, (await cluster.Prometheus.QueryAsync("nsft_reduce_bytes > 0")).Count);
        Assert.Equal(3, (await cluster.Prometheus.QueryAsync("nsft_silo_ready == 1")).Count);
        await cluster.Silos.JsonAsync("resume", "watched", "--config", cluster.Configuration);
        await cluster.WaitForAsync("sum(nsft_step_committed)", samples => samples is [{ Value: var value }] && value > committed);
    }

    /// <summary>Of the silos that do not coordinate the run one is killed.</summary>
    private static async Task ALostSiloIsSeenAsync(MonitoredCluster cluster)
    {
        string coordinator = Assert.Single(await cluster.Prometheus.QueryAsync("nsft_view_size"))["pod"];
        SiloRecord lost = cluster.Silos.Silos.First(silo => silo.Name != coordinator);
        Assert.True(NativeProcess.Send(lost.Process, ProcessSignal.Kill));
        await cluster.WaitForAsync("nsft_view_size", samples => samples is [{ Value: 2 }]);
        await cluster.WaitForAsync("sum(nsft_worker_deaths)", samples => samples is [{ Value: >= 1 }]);
        await cluster.WaitForAsync("sum(nsft_recovery_duration_count)", samples => samples is [{ Value: >= 1 }]);
        await cluster.WaitForAsync("ALERTS{alertname=\"NSftSiloNotReady\", alertstate=\"pending\"}", samples => samples is [var alert] && alert["pod"] == lost.Name);
        Assert.Equal(2, (await cluster.Prometheus.QueryAsync("nsft_silo_ready == 1")).Count);
        foreach (string query in Dashboard.Queries.Select(Resolve).Where(IsAfterADeath))
        {
            await cluster.WaitForAsync(query, samples => samples is [{ Value: > 0 }]);
        }
    }

    /// <summary>What is lost is wanted back, and nothing is wanted of a run that has ended.</summary>
    private static async Task ACancelledRunWantsNoSilosAsync(MonitoredCluster cluster)
    {
        IReadOnlyList<string> queries = await Autoscaler.QueriesAsync();
        await cluster.WaitForAsync(queries[0], samples => samples is [{ Value: 3 }]);
        await cluster.Silos.JsonAsync("cancel", "watched", "--config", cluster.Configuration);
        foreach (string query in queries)
        {
            await cluster.WaitForAsync(query, samples => samples is [{ Value: 0 }]);
        }

        await cluster.WaitForAsync("sum by (outcome) (nsft_run_ended) > 0", samples => samples is [{ Value: 1 } ended] && ended["outcome"] == "cancelled");
    }

    /// <summary>The gauges of a run come from the silo that coordinates it, and from no other.</summary>
    private static async Task AnotherCoordinatorReportsTheRunAsync(MonitoredCluster cluster)
    {
        PrometheusSample before = Assert.Single(await cluster.Prometheus.QueryAsync("nsft_run_step"));
        Assert.True(NativeProcess.Send(cluster.Silos.Silos.First(silo => silo.Name == before["pod"]).Process, ProcessSignal.Kill));
        await cluster.WaitForAsync("nsft_run_step", samples => samples is [var after] && after["pod"] != before["pod"] && after.Value > before.Value);
        await cluster.WaitForAsync("nsft_run_phase == 1", samples => samples is [var phase] && phase["phase"] == "running");
        await cluster.WaitForAsync("nsft_workers{state=\"active\"}", samples => samples is [{ Value: 1 }]);
        Assert.Single(await cluster.Prometheus.QueryAsync("nsft_loss > 0"));
        Assert.Single(await cluster.Prometheus.QueryAsync("nsft_checkpoint_age >= 0"));
    }

    private static bool IsAfterADeath(string query) => AfterADeath.Any(name => query.Contains(name, StringComparison.Ordinal));

    private static string Resolve(string query) => Dashboard.Resolve(query, "1m");

    [GeneratedRegex(@"(==|>=|>|<) *[\d.]+")]
    private static partial Regex Comparison();
}
