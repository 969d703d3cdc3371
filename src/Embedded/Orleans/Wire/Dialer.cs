using System.Net;
using System.Net.Sockets;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Opens connections and says the first words.</summary>
internal static class Dialer
{
    /// <summary>Connects and exchanges preambles; an answer that is no acceptance is an error.</summary>
    /// <exception cref="DialException">There is no connection, for the reason that the error has.</exception>
    public static async Task<(Socket Socket, Preamble Answer)> ConnectAsync(IPEndPoint endpoint, Preamble preamble, SocketTransportOptions options, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.ConnectTimeout);
        Socket socket = Connection.CreateSocket();
        try
        {
            await socket.ConnectAsync(endpoint, limit.Token).ConfigureAwait(false);
            await preamble.SendAsync(socket, limit.Token).ConfigureAwait(false);
            Preamble answer = await Preamble.ReceiveAsync(socket, limit.Token).ConfigureAwait(false);
            return answer.Status == PreambleStatus.Accepted ? (socket, answer) : throw Rejected(endpoint, preamble, answer);
        }
        catch (Exception error)
        {
            socket.Dispose();
            throw error switch
            {
                DialException => error,
                OperationCanceledException when !cancellationToken.IsCancellationRequested =>
                    new DialException(DisconnectReason.Unresponsive, $"{endpoint} did not answer within {options.ConnectTimeout}.", error),
                SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new DialException(DisconnectReason.Refused, $"Nobody listens at {endpoint}.", error),
                SocketException => new DialException(DisconnectReason.Broken, $"The connection to {endpoint} broke: {error.Message}", error),
                SerializerException => new DialException(DisconnectReason.Malformed, $"Who listens at {endpoint} is no node: {error.Message}", error),
                _ => error,
            };
        }
    }

    private static DialException Rejected(IPEndPoint endpoint, Preamble preamble, Preamble answer) => new(
        answer.Status == PreambleStatus.Outdated ? DisconnectReason.Broken : DisconnectReason.Rejected,
        answer.Status switch
        {
            PreambleStatus.OtherVersion => $"The node at {endpoint} speaks another version.",
            PreambleStatus.OtherCluster => $"The node at {endpoint} is in the cluster \"{answer.ClusterId}\", not in \"{preamble.ClusterId}\".",
            PreambleStatus.OtherGeneration => $"The node at {endpoint} is {answer.Address}; generation {preamble.Generation} was wanted.",
            PreambleStatus.Outdated => $"The node at {endpoint} has a newer connection of {preamble.Address}.",
            PreambleStatus.DeclaredDead => $"The node at {endpoint} takes {preamble.Address} for dead.",
            _ => $"The node at {endpoint} refused the connection ({answer.Status}).",
        });
}
