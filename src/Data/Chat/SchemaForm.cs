using System.Text.Json.Serialization;

namespace NSft.Data.Chat;

/// <summary>How a server is asked for an answer that follows a schema.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SchemaForm>))]
public enum SchemaForm
{
    /// <summary>By schema; a server that refuses is asked for any JSON, then for text, from then on.</summary>
    Auto,

    /// <summary>By schema only: <c>response_format</c> of type <c>json_schema</c>.</summary>
    Schema,

    /// <summary>For any JSON object: <c>json_object</c>. The prompt says which.</summary>
    JsonObject,

    /// <summary>For text, without <c>response_format</c>. The prompt says that it has to be JSON.</summary>
    Text,
}
