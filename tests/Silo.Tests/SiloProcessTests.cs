using System.Text.Json;
using System.Text.RegularExpressions;
using NSft.Silo.Health;
using NSft.Tests.Servers;

namespace NSft.Silo.Tests;

/// <summary>The program of the container, as a process: configured by the environment, told to leave by SIGTERM.</summary>
public sealed partial class SiloProcessTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("nsft-silo-").FullName;
    private readonly List<ServerProcess> _processes = [];
    private readonly HttpClient _client = new() { Timeout = Patience };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (ServerProcess process in _processes)
        {
            await process.DisposeAsync();
        }

        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Silo_ByEnvironment_AnswersLogsJsonAndLeavesAtSigterm()
    {
        (ServerProcess silo, Uri address) = await StartAsync("silo-a");
        await IsAsync(address, HealthEndpoints.Startup, 200);
        await IsAsync(address, HealthEndpoints.Ready, 200);
        await IsAsync(address, HealthEndpoints.Live, 200);
        string metrics = await _client.GetStringAsync(new Uri(address, "/metrics"), TestContext.Current.CancellationToken);
        Assert.Contains("\nnsft_silo_ready 1\n", metrics, StringComparison.Ordinal);

        await silo.StopAsync();

        JsonElement[] lines = [.. silo.Output.Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
        Assert.All(lines, line => Assert.Equal("silo-a", line.GetProperty("silo").GetString()));
        Assert.Equal("left the cluster", lines[^1].GetProperty("message").GetString());
        Assert.Contains(lines, line => line.GetProperty("message").GetString()!.StartsWith("drains", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Silo_DeclaredDeadWhileFrozen_EndsAndSaysSo()
    {
        (ServerProcess frozen, Uri address) = await StartAsync("silo-a");
        (_, Uri other) = await StartAsync("silo-b");
        await IsAsync(address, HealthEndpoints.Ready, 200);
        await IsAsync(other, HealthEndpoints.Ready, 200);
        await frozen.SignalAsync("STOP");

        await Eventually(HasDeadMember);
        await frozen.SignalAsync("CONT");
        await Eventually(() => frozen.Output.Contains("declared this silo dead", StringComparison.Ordinal));
        await IsAsync(other, HealthEndpoints.Ready, 200);
    }

    [Theory]
    [InlineData("Http__Port", "99999", "Http:Port cannot be 99999")]
    [InlineData("Http__Port", "abc", "Http:Port cannot be read")]
    [InlineData("Logging__Format", "xml", "Logging:Format does not know 'xml'")]
    public async Task Silo_BadSetting_EndsBeforeItJoinsWithOneLine(string name, string value, string expected)
    {
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync("silo-a", (name, value)));
        Assert.Contains("nsft-silo: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    /// <summary>Versions of the membership come and go while it looks.</summary>
    private bool HasDeadMember()
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(_folder, "members"))
                .Any(version => File.ReadAllText(version).Contains($"\"{SiloStatus.Dead}\"", StringComparison.Ordinal));
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    [GeneratedRegex("answers /metrics and /healthz on (?<address>http://[^\" ]+)")]
    private static partial Regex Answers();

    private async Task<(ServerProcess Silo, Uri Address)> StartAsync(string name, params (string Name, string Value)[] settings)
    {
        Dictionary<string, string> environment = new()
        {
            ["Silo__Name"] = name,
            ["Silo__StateDirectory"] = _folder,
            ["Http__Port"] = "0",
            ["Logging__Format"] = "json",
        };
        foreach ((string key, string value) in settings)
        {
            environment[key] = value;
        }

        (ServerProcess silo, Match ready) = await ServerProcess.StartAsync(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "NSft.Silo.dll")], Answers(), environment);
        _processes.Add(silo);
        return (silo, new Uri(ready.Groups["address"].Value));
    }

    private Task IsAsync(Uri address, string path, int status) => Eventually(async () =>
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri(address, path), TestContext.Current.CancellationToken);
        return (int)response.StatusCode == status;
    });

    private static Task Eventually(Func<bool> isTrue) => Eventually(() => Task.FromResult(isTrue()));

    private static async Task Eventually(Func<Task<bool>> isTrue)
    {
        using CancellationTokenSource limit = new(Patience);
        while (!await isTrue())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
