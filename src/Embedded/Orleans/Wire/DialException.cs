namespace Orleans.Runtime;

/// <summary>A connection could not be made.</summary>
internal sealed class DialException(DisconnectReason reason, string message, Exception? inner = null) : Exception(message, inner)
{
    public DisconnectReason Reason => reason;
}
