using System.Text.Json.Serialization;

namespace NSft.Data.Construction;

/// <summary>Why a turn is asked.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TurnKind>))]
public enum TurnKind
{
    /// <summary>It corrects an error of the rejected answer.</summary>
    Correct,

    /// <summary>It asks about something else that the chosen answer settles, to keep yes and no in balance.</summary>
    Confirm,
}
