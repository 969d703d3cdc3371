using System.Text.Encodings.Web;
using System.Text.Json;

namespace NSft.Data.Chat.OpenAi;

/// <summary>Writes a chat as the JSON body of a chat completion request.</summary>
/// <remarks>Written here and not by the client's types, because compatible servers know different names for the same option.</remarks>
internal static class RequestBody
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body's bytes.</summary>
    /// <exception cref="ChatException">An image cannot be read.</exception>
    public static async Task<BinaryData> WriteAsync(ChatRequest request, ServerDialect dialect, CancellationToken cancellationToken)
    {
        List<string?> images = [];
        foreach (ChatMessage message in request.Messages)
        {
            images.Add(message.ImagePath is null ? null : await ImageData.ReadAsync(message.ImagePath, cancellationToken));
        }

        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Json))
        {
            Write(writer, request, images, dialect);
        }

        return BinaryData.FromBytes(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, ChatRequest request, List<string?> images, ServerDialect dialect)
    {
        writer.WriteStartObject();
        writer.WriteString("model", request.Model);
        writer.WriteStartArray("messages");
        for (int index = 0; index < images.Count; index++)
        {
            WriteMessage(writer, request.Messages[index], images[index]);
        }

        writer.WriteEndArray();
        writer.WriteNumber(dialect.NamesCompletionTokens ? "max_completion_tokens" : "max_tokens", request.MaxTokens);
        if (dialect.TakesTemperature)
        {
            writer.WriteNumber("temperature", request.Temperature);
        }

        if (request.Seed is long seed && dialect.TakesSeed)
        {
            // Another sample is another answer, also of a server that keeps to its seeds.
            writer.WriteNumber("seed", seed + request.Sample);
        }

        WriteForm(writer, request, dialect.Form);
        writer.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter writer, ChatMessage message, string? image)
    {
        writer.WriteStartObject();
        writer.WriteString("role", message.Role switch
        {
            ChatRole.System => "system",
            ChatRole.User => "user",
            _ => "assistant",
        });
        if (image is null)
        {
            writer.WriteString("content", message.Text);
        }
        else
        {
            writer.WriteStartArray("content");
            writer.WriteStartObject();
            writer.WriteString("type", "text");
            writer.WriteString("text", message.Text);
            writer.WriteEndObject();
            writer.WriteStartObject();
            writer.WriteString("type", "image_url");
            writer.WriteStartObject("image_url");
            writer.WriteString("url", image);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteForm(Utf8JsonWriter writer, ChatRequest request, SchemaForm form)
    {
        if (request.Schema is null || form == SchemaForm.Text)
        {
            return;
        }

        writer.WriteStartObject("response_format");
        writer.WriteString("type", form == SchemaForm.JsonObject ? "json_object" : "json_schema");
        if (form == SchemaForm.Schema)
        {
            writer.WriteStartObject("json_schema");
            writer.WriteString("name", request.SchemaName ?? "answer");
            writer.WriteBoolean("strict", true);
            writer.WritePropertyName("schema");
            writer.WriteRawValue(request.Schema);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
