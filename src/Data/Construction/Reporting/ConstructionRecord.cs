using System.Text.Encodings.Web;
using System.Text.Json;
using NSft.Collectives;
using NSft.Collectives.Files;

namespace NSft.Data.Construction.Reporting;

/// <summary>What is told about a corrective file in the file beside it, whose name ends with <see cref="Suffix"/>.</summary>
/// <param name="Summary">The result in numbers, after balancing.</param>
/// <param name="Manifest">What it was made of and with.</param>
public sealed record ConstructionRecord(ConstructionSummary Summary, ConstructionManifest Manifest)
{
    /// <summary>End of the file's name, behind the whole name of the corrective file.</summary>
    public const string Suffix = ".summary.json";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>What the requests cost, in the currency of the prices; null where no prices were given.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Share of yes before turns were left out, 0 to 1.</summary>
    public double YesShareBefore { get; init; }

    /// <summary>Turns that were left out for the balance of yes and no.</summary>
    public long DroppedTurns { get; init; }

    /// <summary>What was done for the balance, on one line; null when nothing had to be.</summary>
    public string? BalanceNote { get; init; }

    /// <summary>The record's path.</summary>
    /// <param name="output">The corrective file.</param>
    public static string PathOf(string output) => output + Suffix;

    /// <summary>Reads the record of a corrective file.</summary>
    /// <param name="output">The corrective file.</param>
    /// <exception cref="UserInputException">It is not there, or not readable.</exception>
    public static ConstructionRecord Read(string output)
    {
        string path = PathOf(output);
        try
        {
            return JsonSerializer.Deserialize<ConstructionRecord>(File.ReadAllBytes(path), Format) ?? throw new JsonException("it holds nothing");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserInputException($"{path}: no such file; nsft construct writes it beside its result", exception);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the record of a corrective file, or gives null when there is none beside it.</summary>
    /// <param name="output">The corrective file.</param>
    /// <exception cref="UserInputException">It is not readable.</exception>
    public static ConstructionRecord? Find(string output) => File.Exists(PathOf(output)) ? Read(output) : null;

    /// <summary>Writes the record beside its corrective file.</summary>
    /// <param name="output">The corrective file.</param>
    public void Write(string output) => AtomicFile.Write(PathOf(output), JsonSerializer.SerializeToUtf8Bytes(this, Format));
}
