using System.Text.Json.Serialization;

namespace NSft.Data.Construction.Language;

/// <summary>What becomes of a pair for which a language model gives no usable response.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LanguageFallback>))]
public enum LanguageFallback
{
    /// <summary>It is a dead letter.</summary>
    None,

    /// <summary>The rules construct it.</summary>
    Rules,
}
