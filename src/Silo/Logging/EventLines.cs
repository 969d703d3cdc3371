using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace NSft.Silo.Logging;

/// <summary>Events of a log as lines. Pure.</summary>
internal static class EventLines
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string Template = "{OriginalFormat}";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Fields by which one looks for events stand beside the message; their names do not depend on who says it.
    private static readonly Dictionary<string, string> Promoted = new(StringComparer.OrdinalIgnoreCase) { ["RunId"] = "run", ["Run"] = "run", ["Step"] = "step" };

    /// <summary>Time, silo, level when it is a warning or worse, category and message.</summary>
    public static string Text(DateTimeOffset time, string silo, in LogEvent told)
    {
        var level = told.Level switch
        {
            >= LogLevel.Error => "error ",
            LogLevel.Warning => "warning ",
            _ => "",
        };
        var category = told.Category is { } name ? name.Split('.')[^1] + ": " : "";
        var cause = told.Error is { } error ? $" ({error.GetType().Name}: {error.Message})" : "";
        return $"{Stamp(time)} {silo} {OneLine($"{level}{category}{told.Message}{cause}")}";
    }

    /// <summary>A JSON object: time, level, silo, category, event, run, step, message, other fields, error.</summary>
    public static string Json(DateTimeOffset time, string silo, in LogEvent told)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", Stamp(time));
            json.WriteString("level", Word(told.Level));
            json.WriteString("silo", silo);
            json.WriteString("category", told.Category ?? "Silo");
            if (told.Id.Name is { } name)
            {
                json.WriteString("event", name);
            }

            WriteFields(json, told);
            if (told.Error is { } error)
            {
                json.WriteStartObject("error");
                json.WriteString("type", error.GetType().FullName);
                json.WriteString("message", error.Message);
                json.WriteString("trace", error.ToString());
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void WriteFields(Utf8JsonWriter json, in LogEvent told)
    {
        var promoted = new Dictionary<string, object?>(StringComparer.Ordinal);
        var others = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in told.Fields)
        {
            if (Promoted.TryGetValue(name, out var key))
            {
                promoted[key] = value;
            }
            else if (name != Template && name.Length > 0)
            {
                others[JsonNamingPolicy.CamelCase.ConvertName(name)] = value;
            }
        }

        WriteValues(json, promoted);
        json.WriteString("message", told.Message);
        if (others.Count > 0)
        {
            json.WriteStartObject("fields");
            WriteValues(json, others);
            json.WriteEndObject();
        }
    }

    private static void WriteValues(Utf8JsonWriter json, Dictionary<string, object?> values)
    {
        foreach (var (name, value) in values)
        {
            json.WritePropertyName(name);
            WriteValue(json, value);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool one:
                json.WriteBooleanValue(one);
                break;
            case byte or sbyte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double one when double.IsFinite(one):
                json.WriteNumberValue(one);
                break;
            case float one when float.IsFinite(one):
                json.WriteNumberValue(one);
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "information",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
