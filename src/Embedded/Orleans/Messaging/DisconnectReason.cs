namespace Orleans.Runtime;

/// <summary>Why a node has no connection to another one any more.</summary>
internal enum DisconnectReason
{
    /// <summary>The other node has left the transport of this process, or this node has ended the connection itself.</summary>
    Closed = 0,

    /// <summary>Nobody listens there: the process is gone.</summary>
    Refused = 1,

    /// <summary>The connection broke: the process is gone or has closed it.</summary>
    Broken = 2,

    /// <summary>Another node listens there: of another generation or another cluster.</summary>
    Rejected = 3,

    /// <summary>The endpoint took the connection but did not answer in time.</summary>
    Unresponsive = 4,

    /// <summary>What came was no message.</summary>
    Malformed = 5,
}
