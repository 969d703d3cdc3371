using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The scopes of one thread, innermost last.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? s_ofThread;

    private readonly List<DisposeScope> _scopes = [];
    private readonly ThreadDisposeScopeStatistics _statistics = new();

    public static ThreadDisposeScopeStatistics Statistics => OfThread._statistics;

    internal static DisposeScopeManager OfThread => s_ofThread ??= new DisposeScopeManager();

    internal DisposeScope? Innermost { get; private set; }

    internal DisposeScope Begin()
    {
        var scope = new DisposeScope(this, Innermost);
        _scopes.Add(scope);
        Innermost = scope;
        return scope;
    }

    internal void Created(Tensor tensor)
    {
        if (Innermost is { } scope)
        {
            scope.Link(tensor);
            _statistics.CreatedInScopeCount++;
        }
        else
        {
            _statistics.CreatedOutsideScopeCount++;
        }
    }

    internal void Attached(bool wasFree)
    {
        if (wasFree)
        {
            _statistics.AttachedToScopeCount++;
        }
    }

    internal void Detached() => _statistics.DetachedFromScopeCount++;

    internal void Disposed(bool inScope)
    {
        if (inScope)
        {
            _statistics.DisposedInScopeCount++;
        }
        else
        {
            _statistics.DisposedOutsideScopeCount++;
        }
    }

    internal void Remove(DisposeScope scope)
    {
        _scopes.Remove(scope);
        Innermost = _scopes.Count > 0 ? _scopes[^1] : null;
    }
}
