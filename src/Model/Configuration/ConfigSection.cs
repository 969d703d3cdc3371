using System.Text.Json;
using NSft.Collectives;

namespace NSft.Model.Configuration;

/// <summary>One JSON object of a settings file, read with defaults; errors name the file and the field. A null field counts as absent.</summary>
internal sealed class ConfigSection
{
    private readonly string _file;
    private readonly string _prefix;
    private readonly JsonElement _element;

    private ConfigSection(string file, string prefix, JsonElement element)
    {
        _file = file;
        _prefix = prefix;
        _element = element;
    }

    public static ConfigSection ReadFile(string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            JsonElement root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Object
                ? new ConfigSection(file, "", root)
                : throw new UserInputException($"{file}: the top of the file must be a JSON object.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserInputException($"{file}: the file is missing.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{file}: cannot be read: {error.Message}", error);
        }
        catch (JsonException error)
        {
            throw new UserInputException($"{file}: is not valid JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine}.", error);
        }
    }

    public bool Has(string name) => Find(name) is not null;

    public ConfigSection? Section(string name)
    {
        JsonElement? value = Find(name);
        if (value is null)
        {
            return null;
        }

        return value.Value.ValueKind == JsonValueKind.Object
            ? new ConfigSection(_file, _prefix + name + ".", value.Value)
            : throw Wrong(name, "an object");
    }

    public int Whole(string name, int absent) => OptionalWhole(name) ?? absent;

    public int? OptionalWhole(string name)
    {
        JsonElement? value = Find(name);
        if (value is null)
        {
            return null;
        }

        return value.Value.ValueKind == JsonValueKind.Number && value.Value.TryGetInt32(out int number) ? number : throw Wrong(name, "a whole number");
    }

    public int Positive(string name, int absent)
    {
        int number = Whole(name, absent);
        return number > 0 ? number : throw Wrong(name, "a whole number above 0");
    }

    /// <summary>A whole number, or the first of a list of them.</summary>
    public int FirstWhole(string name, int absent)
    {
        JsonElement? value = Find(name);
        if (value is { ValueKind: JsonValueKind.Array } list)
        {
            return list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.Number && list[0].TryGetInt32(out int first)
                ? first
                : throw Wrong(name, "a whole number or a list of them");
        }

        return Whole(name, absent);
    }

    public double Real(string name, double absent)
    {
        JsonElement? value = Find(name);
        if (value is null)
        {
            return absent;
        }

        return value.Value.ValueKind == JsonValueKind.Number ? value.Value.GetDouble() : throw Wrong(name, "a number");
    }

    public double[]? Reals(string name, int count)
    {
        JsonElement? value = Find(name);
        if (value is null)
        {
            return null;
        }

        bool fits = value.Value.ValueKind == JsonValueKind.Array
            && value.Value.GetArrayLength() == count
            && value.Value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number);
        return fits ? [.. value.Value.EnumerateArray().Select(item => item.GetDouble())] : throw Wrong(name, $"a list of {count} numbers");
    }

    public bool Flag(string name, bool absent)
    {
        JsonElement? value = Find(name);
        return value is null ? absent : value.Value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong(name, "true or false"),
        };
    }

    public string Text(string name, string absent)
    {
        JsonElement? value = Find(name);
        if (value is null)
        {
            return absent;
        }

        return value.Value.ValueKind == JsonValueKind.String ? value.Value.GetString()! : throw Wrong(name, "a text");
    }

    /// <summary>The exception for a field whose value cannot be used.</summary>
    public UserInputException Unsupported(string name, string reason)
        => new($"{_file}: {_prefix}{name} = {Shown(name)} is not supported: {reason}");

    /// <summary>The exception for a field of the wrong kind.</summary>
    public UserInputException Wrong(string name, string wanted)
        => new($"{_file}: {_prefix}{name} must be {wanted}, found {Shown(name)}.");

    /// <summary>Whether the field holds a number rather than an object or a text.</summary>
    public bool IsNumber(string name) => Find(name) is { ValueKind: JsonValueKind.Number };

    private JsonElement? Find(string name)
        => _element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string Shown(string name)
    {
        string raw = (Find(name)?.GetRawText() ?? "nothing").ReplaceLineEndings(" ");
        return raw.Length <= 60 ? raw : raw[..60] + "...";
    }
}
