using System.Text.Json.Serialization;

namespace NSft.Data.Construction;

/// <summary>How a turn is answered.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TurnPolarity>))]
public enum TurnPolarity
{
    /// <summary>The claim asked about is false.</summary>
    No,

    /// <summary>The claim asked about is true.</summary>
    Yes,

    /// <summary>The answer names something.</summary>
    Open,
}
