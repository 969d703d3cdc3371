using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSft.Collectives;
using NSft.Data.Chat;

namespace NSft.Data.Construction.Language;

/// <summary>The prompt of a construction: what is asked for a pair, and how a response is sent back for repair. Any thread may use it.</summary>
internal sealed class ConstructionPrompt
{
    private const string WithCodebook = "construct-vec.v1";
    private const string WithoutCodebook = "construct-plain.v1";
    private const string RepairName = "repair.v1";
    private const int LongestEcho = 20_000;
    private const int MostProblems = 20;

    private readonly LanguageOptions _options;
    private readonly PromptTemplate _template;
    private readonly PromptTemplate _repair;
    private readonly string _codebook;
    private readonly string _schema;

    /// <summary>Reads the prompt's files.</summary>
    /// <exception cref="UserInputException">An option is out of range, or the user's file is no prompt for construction.</exception>
    public ConstructionPrompt(LanguageOptions options, VisionErrorCodebook codebook)
    {
        LanguageOptionsValidator.Validate(options);
        _options = options;
        _template = Load(options);
        _repair = PromptTemplate.Bundled(RepairName, "problems", "count");
        Codes = options.UseCodebook ? [.. codebook.Entries.Select(entry => entry.Code)] : [];
        _codebook = options.UseCodebook ? string.Join('\n', codebook.Entries.Select(entry => $"- {entry.Code} ({entry.Level}): {entry.Description}")) : "";
        _schema = ResponseSchema.Create(Codes);
        string whole = string.Join('\n', _template.Hash, _repair.Hash, _codebook, _schema, options.TurnCount.ToString(CultureInfo.InvariantCulture));
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)));
    }

    /// <summary>Codes that the prompt shows; empty without codebook.</summary>
    public IReadOnlyList<string> Codes { get; }

    /// <summary>SHA-256 over all that is the same for every pair: files, codebook, schema, turns. Lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>Name and version of the prompt's file.</summary>
    public string Version => _template.Version;

    /// <summary>What is asked for a pair.</summary>
    public ChatRequest Request(PreferencePair pair) => new(_options.Model, _template.Fill(Slots(pair)), Version)
    {
        SchemaName = ResponseSchema.Name,
        Schema = _schema,
        Temperature = _options.Temperature,
        Seed = _options.Seed,
        MaxTokens = _options.MaxTokens,
        Sample = _options.Sample,
    };

    /// <summary>The same conversation, gone on with the response and with what is wrong with it.</summary>
    public ChatRequest Repair(ChatRequest request, string response, IReadOnlyList<Rejection> rejections)
    {
        string problems = string.Join('\n', rejections.Take(MostProblems).Select(rejection => "- " + rejection.Message));
        Dictionary<string, string> slots = new(StringComparer.Ordinal) { ["problems"] = problems, ["count"] = Number(_options.TurnCount) };
        string echo = response.Length <= LongestEcho ? response : response[..LongestEcho];
        ChatMessage answer = new(ChatRole.Assistant, echo.Length == 0 ? "(empty)" : echo);
        return request with { Messages = [.. request.Messages, answer, .. _repair.Fill(slots)], PromptVersion = $"{Version}+{_repair.Version}" };
    }

    private static PromptTemplate Load(LanguageOptions options)
    {
        string[] slots = ["question", "chosen", "rejected", "count", "words", "codebook"];
        if (options.PromptPath is not string path)
        {
            return PromptTemplate.Bundled(options.UseCodebook ? WithCodebook : WithoutCodebook, slots);
        }

        PromptTemplate own = PromptTemplate.Load(path, slots);
        return own.EndsWithSlot("chosen") && own.EndsWithSlot("rejected")
            ? own
            : throw new UserInputException($"{path}: the last message of the prompt needs the slots {{{{chosen}}}} and {{{{rejected}}}}");
    }

    private Dictionary<string, string> Slots(PreferencePair pair) => new(StringComparer.Ordinal)
    {
        ["question"] = pair.Question,
        ["chosen"] = pair.Chosen,
        ["rejected"] = pair.Rejected,
        ["count"] = Number(_options.TurnCount),
        ["words"] = Number(TurnCheck.MostWords),
        ["codebook"] = _codebook,
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
