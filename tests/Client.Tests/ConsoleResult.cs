using System.Text.Json;

namespace NSft.Client.Tests;

/// <summary>What a console run left.</summary>
internal sealed record ConsoleResult(int ExitCode, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The one JSON object of standard output; fails when there is anything else.</summary>
    public JsonElement Json()
    {
        Assert.True(ExitCode == 0, Error);
        using JsonDocument document = JsonDocument.Parse(Output);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        return document.RootElement.Clone();
    }

    /// <summary>Asserts that the run failed as a user's mistake must: one line that says these things, exit code 2, nothing on standard output.</summary>
    public void IsUserError(params string[] parts)
    {
        Assert.True(ExitCode == 2, $"exit code {ExitCode}: {Error}");
        string line = Assert.Single(ErrorLines);
        Assert.StartsWith("nsft: ", line, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
        Assert.Empty(Output);
    }
}
