namespace NSft.Collectives;

/// <summary>Which workers hold the optimizer's moments. Values are explicit and append only.</summary>
public enum OptimizerStateMode
{
    /// <summary>Every worker holds all moments and applies every update itself.</summary>
    Replicated = 0,

    /// <summary>Each range's owner and the worker seated after it hold the range's moments; the others get its updated weights.</summary>
    Zero1 = 1,
}
