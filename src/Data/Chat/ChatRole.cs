using System.Text.Json.Serialization;

namespace NSft.Data.Chat;

/// <summary>Who says a message.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChatRole>))]
public enum ChatRole
{
    /// <summary>The instructions.</summary>
    System,

    /// <summary>Who asks.</summary>
    User,

    /// <summary>The model; in examples and in repairs.</summary>
    Assistant,
}
