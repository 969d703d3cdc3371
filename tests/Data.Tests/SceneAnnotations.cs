using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NSft.Tests;

namespace NSft.Data.Tests;

/// <summary>Judges generated questions about the sample by its annotations, which the constructor never sees.</summary>
internal sealed partial class SceneAnnotations
{
    private readonly Dictionary<string, List<SceneObject>> _images = [];

    public SceneAnnotations()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(RepositoryPaths.At("samples", "scenes", "annotations.json")));
        foreach (JsonElement image in document.RootElement.GetProperty("images").EnumerateArray())
        {
            _images[image.GetProperty("image").GetString()!] =
            [
                .. image.GetProperty("objects").EnumerateArray().Select(item => new SceneObject(
                    item.GetProperty("category").GetString()!, item.GetProperty("color").GetString()!, item.GetProperty("place").GetString()!)),
            ];
        }
    }

    /// <summary>Whether the claim of a question holds; fails for a question that it cannot read.</summary>
    public bool IsTrue(string image, string question)
    {
        List<SceneObject> objects = _images[image];
        if (CountQuestion().Match(question) is { Success: true } count)
        {
            return objects.Count == int.Parse(count.Groups["n"].Value, CultureInfo.InvariantCulture);
        }

        Match match = ExistenceQuestion().Match(question);
        if (match.Success)
        {
            return objects.Exists(item => Fits(item, match));
        }

        match = DefiniteQuestion().Match(question);
        Assert.True(match.Success, question);
        List<SceneObject> meant = [.. objects.Where(item => item.Category == match.Groups["object"].Value)];
        return Fits(Assert.Single(meant), match);
    }

    /// <summary>Whether the statement behind "Yes," or "No," holds too.</summary>
    public bool IsTrueAnswer(string image, string answer)
    {
        List<SceneObject> objects = _images[image];
        Match match = AnswerSentence().Match(answer);
        Assert.True(match.Success, answer);
        if (match.Groups["n"].Success)
        {
            return objects.Count == int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);
        }

        return objects.Exists(item => Fits(item, match)) != match.Groups["none"].Success;
    }

    private static bool Fits(SceneObject item, Match match) =>
        item.Category == match.Groups["object"].Value
        && (!match.Groups["color"].Success || item.Color == match.Groups["color"].Value)
        && (!match.Groups["place"].Success || item.Place == match.Groups["place"].Value);

    [GeneratedRegex(@"^(Are|Is) there (?<n>\d+) objects? in the image\?$")]
    private static partial Regex CountQuestion();

    [GeneratedRegex(@"^Is there (a (?![aeiou])|an (?=[aeiou]))((?<color>red|orange|yellow|green|blue|purple|black|white) )?(?<object>[a-z]+) ((at|on|in) the (?<place>top left|top right|bottom left|bottom right|top|bottom|left|right|center) of|in) the image\?$")]
    private static partial Regex ExistenceQuestion();

    [GeneratedRegex(@"^Is the (?<object>[a-z]+) ((?<color>red|orange|yellow|green|blue|purple|black|white)|(at|on|in) the (?<place>[a-z ]+) of the image)\?$")]
    private static partial Regex DefiniteQuestion();

    [GeneratedRegex(@"^(Yes|No), (there are (?<n>\d+) objects|(there is (?<none>no )?|the )(an? )?((?<color>red|orange|yellow|green|blue|purple|black|white) )?(?<object>[a-z]+)( is (?<color>[a-z]+))?( is)?( (at|on|in) the (?<place>[a-z ]+))?)\.$", RegexOptions.ExplicitCapture)]
    private static partial Regex AnswerSentence();

    private sealed record SceneObject(string Category, string Color, string Place);
}
