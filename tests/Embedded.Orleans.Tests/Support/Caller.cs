using System.Collections.Concurrent;
using System.Net;
using NSft.Embedded.Orleans.Tests.Data;

namespace NSft.Embedded.Orleans.Tests.Support;

/// <summary>A node that makes real calls, all to one other node, and answers them by a function.</summary>
internal sealed class Caller : CallNode, IAsyncDisposable
{
    private static readonly MethodDescriptor Method = InterfaceDescriptor.Of(typeof(IChunkGrain)).Methods[0];
    private readonly SocketTransport _transport;

    public Caller(SocketTransportOptions options)
        : base(TimeProvider.System)
    {
        Address = SiloAddress.New(IPAddress.Loopback, Node.FreePort(), 1);
        _transport = new SocketTransport(options);
        _transport.Attach(Address, this);
    }

    public override SiloAddress Address { get; }

    public override TimeSpan ResponseTimeout => TimeSpan.FromSeconds(60);

    /// <summary>Where all calls go.</summary>
    public SiloAddress To { get; set; } = SiloAddress.Zero;

    /// <summary>Answers a request; null keeps it, and its room, without an answer.</summary>
    public Func<RequestMessage, ResponseMessage?> Answer { get; set; } = _ => null;

    public ConcurrentQueue<RequestMessage> Requests { get; } = new();

    public ConcurrentQueue<CancelMessage> Cancellations { get; } = new();

    public SocketTransport Sockets => _transport;

    protected internal override ITransport Transport => _transport;

    protected internal override bool IsClosed => false;

    public Task<object?> SendAsync(ReadOnlyMemory<byte> chunk) => SendUntilAsync(chunk, CancellationToken.None);

    public Task<object?> SendUntilAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellation) =>
        CallAsync(GrainId.Create("chunk", "x"), Method, [chunk, cancellation]);

    public async ValueTask DisposeAsync() => await _transport.DetachAsync(Address);

    protected override void Route(RequestMessage request) => SendRequest(To, request);

    protected override void HandleRequest(RequestMessage request)
    {
        Requests.Enqueue(request);
        if (Answer(request) is { } response)
        {
            request.Receipt?.Release();
            Respond(response, request.OneWay);
        }
    }

    protected override void HandleCancel(CancelMessage cancel)
    {
        if (cancel.Call.Sender.Equals(Address))
        {
            Transport.TrySend(To, cancel);
        }
        else
        {
            Cancellations.Enqueue(cancel);
        }
    }
}
