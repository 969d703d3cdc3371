using System.Text.Json.Serialization;

namespace NSft.Data.Construction;

/// <summary>What is wrong in a rejected answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ErrorKind>))]
public enum ErrorKind
{
    /// <summary>It names an object that is not there.</summary>
    Invented,

    /// <summary>It leaves out or denies an object that is there.</summary>
    Missed,

    /// <summary>It gives an object a wrong property.</summary>
    Attribute,

    /// <summary>It counts wrongly.</summary>
    Count,

    /// <summary>It puts an object at a wrong place of the image.</summary>
    Position,

    /// <summary>It puts two objects into a wrong relation.</summary>
    Relation,

    /// <summary>It names the wrong setting.</summary>
    Scene,

    /// <summary>It says that something happens which does not.</summary>
    Action,

    /// <summary>Anything else that the truth does not bear out.</summary>
    Other,
}
