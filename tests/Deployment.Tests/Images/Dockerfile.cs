namespace NSft.Deployment.Tests.Images;

/// <summary>A Dockerfile as its instructions, continued lines joined and comments left out.</summary>
internal sealed class Dockerfile
{
    private Dockerfile(IReadOnlyList<(string Word, string Text)> instructions) => Instructions = instructions;

    /// <summary>Instructions in order: the word and what follows it.</summary>
    public IReadOnlyList<(string Word, string Text)> Instructions { get; }

    /// <summary>Instructions of the image that is run.</summary>
    public IReadOnlyList<(string Word, string Text)> LastStage =>
        [.. Instructions.Skip(Instructions.Select((one, index) => (one.Word, index)).Last(one => one.Word == "FROM").index)];

    public static Dockerfile Read(string path)
    {
        List<(string, string)> instructions = [];
        string pending = "";
        foreach (string line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#')))
        {
            if (line.EndsWith('\\'))
            {
                pending += line[..^1];
                continue;
            }

            string[] parts = (pending + line).Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            instructions.Add((parts[0], parts.ElementAtOrDefault(1) ?? ""));
            pending = "";
        }

        return new Dockerfile(instructions);
    }

    /// <summary>What follows a word that the last stage has once.</summary>
    public string Only(string word) => LastStage.Single(one => one.Word == word).Text;

    /// <summary>The <c>dotnet publish</c> of the build stage: its arguments, variables replaced by their defaults.</summary>
    public string[] PublishArguments()
    {
        Dictionary<string, string> defaults = Instructions.Where(one => one.Word == "ARG").Select(one => one.Text.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        string[] words = Instructions.Single(one => one.Word == "RUN" && one.Text.Contains("dotnet publish", StringComparison.Ordinal)).Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. words.SkipWhile(word => word != "publish").Select(word => defaults.Aggregate(word, (text, one) => text.Replace($"${one.Key}", one.Value, StringComparison.Ordinal)))];
    }

    /// <summary>What comes from the checkout.</summary>
    public IEnumerable<string> CopiedSources() => Instructions
        .Where(one => one.Word == "COPY" && !one.Text.StartsWith("--from", StringComparison.Ordinal))
        .SelectMany(one => one.Text.Split(' ')[..^1]);
}
