namespace Orleans.Runtime;

/// <summary>A reference to a grain. Classes made at run time derive from it and implement the grain's interface.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private InterfaceDescriptor? _interface;
    private CallNode? _node;

    internal GrainReference()
    {
    }

    /// <summary>The grain.</summary>
    public GrainId GrainId { get; private set; }

    /// <summary>The name of the reference's interface in messages.</summary>
    public string InterfaceName => _interface?.Name ?? "";

    /// <summary>The reference's interface.</summary>
    public GrainInterfaceType InterfaceType => new(InterfaceName);

    /// <summary>The node that sends: that of the running activation if there is one, else the one that the reference is bound to.</summary>
    private CallNode Node => Activation.Current?.Silo ?? _node
        ?? throw new InvalidOperationException($"The reference to {GrainId} is not bound to a silo or client.");

    /// <summary>Compares by grain.</summary>
    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    /// <summary>Compares by grain.</summary>
    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    /// <summary>The same grain by another interface.</summary>
    public TGrainInterface Cast<TGrainInterface>() => (TGrainInterface)As(typeof(TGrainInterface));

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId == other.GrainId;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"GrainReference:{GrainId}";

    internal GrainReference Initialize(GrainId id, InterfaceDescriptor? descriptor, CallNode? node)
    {
        GrainId = id;
        _interface = descriptor;
        _node = node;
        return this;
    }

    /// <summary>Binds a reference that came in a message to its receiver.</summary>
    internal void Bind(CallNode node) => _node = node;

    /// <summary>The reference as it travels.</summary>
    internal GrainReference Detached()
    {
        GrainReference copy = (GrainReference)MemberwiseClone();
        copy._node = null;
        return copy;
    }

    internal object As(Type interfaceType) => ReferenceFactory.Create(interfaceType, GrainId, Node);

    internal async Task InvokeTask(int method, object?[] arguments) =>
        await Node.CallAsync(GrainId, _interface!.Methods[method], arguments).ConfigureAwait(false);

    internal async Task<T> InvokeTaskOfResult<T>(int method, object?[] arguments) =>
        (T)(await Node.CallAsync(GrainId, _interface!.Methods[method], arguments).ConfigureAwait(false))!;

    internal async ValueTask InvokeValueTask(int method, object?[] arguments) =>
        await Node.CallAsync(GrainId, _interface!.Methods[method], arguments).ConfigureAwait(false);

    internal async ValueTask<T> InvokeValueTaskOfResult<T>(int method, object?[] arguments) =>
        (T)(await Node.CallAsync(GrainId, _interface!.Methods[method], arguments).ConfigureAwait(false))!;
}
