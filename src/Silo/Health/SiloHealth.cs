using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace NSft.Silo.Health;

/// <summary>
/// What a silo process knows of its own health, from itself alone: no grain is called and no storage asked, so that a slow cluster never
/// makes a living silo look dead. What its runs do makes no difference. Any thread.
/// </summary>
internal sealed class SiloHealth
{
    private volatile Membership? _membership;
    private volatile string? _leaving;
    private volatile string? _ended;
    private volatile bool _hasJoined;

    /// <summary>The silo has joined; it may do so again after <see cref="Left"/>.</summary>
    /// <param name="services">Services of its host.</param>
    public void Joined(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _membership = new Membership(
            services.GetRequiredService<ILocalSiloDetails>(),
            services.GetRequiredService<IClusterMembershipService>(),
            services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        _leaving = null;
        _hasJoined = true;
    }

    /// <summary>The silo was asked to leave.</summary>
    public void Draining() => _leaving = "its workers leave at a step boundary";

    /// <summary>The silo is no member any more, and joins again.</summary>
    public void Left() => _membership = null;

    /// <summary>The process is about to end.</summary>
    /// <param name="reason">Why.</param>
    public void Ended(string reason)
    {
        _ended = reason;
        _membership = null;
    }

    /// <summary>Whether the process is worth keeping: it is, unless its silo has ended for good.</summary>
    public HealthAnswer Live() => _ended is { } reason ? No("ended", reason) : Yes("alive");

    /// <summary>Whether the silo has joined once.</summary>
    public HealthAnswer Started() =>
        _ended is { } reason ? No("ended", reason) : _hasJoined ? Yes("started") : No("joining", "it has not joined its cluster yet");

    /// <summary>Whether the silo takes work: it is an active member of its cluster and does not leave.</summary>
    public HealthAnswer Ready()
    {
        if (_ended is { } reason)
        {
            return No("ended", reason);
        }

        if (_leaving is { } leaving)
        {
            return No("draining", leaving);
        }

        if (_membership is not { } membership)
        {
            return No("joining", _hasJoined ? "it was declared dead and joins again" : "it has not joined its cluster yet");
        }

        if (membership.Stopping.IsCancellationRequested)
        {
            return No("stopping", "its host stops");
        }

        var status = membership.Service.CurrentSnapshot.GetSiloStatus(membership.Silo.SiloAddress);
        return status == SiloStatus.Active ? Yes("ready") : No("outside", $"its cluster has it as {status}");
    }

    private HealthAnswer Yes(string status) => new(true, status, Address, null);

    private HealthAnswer No(string status, string reason) => new(false, status, Address, reason);

    private string? Address => _membership?.Silo.SiloAddress.ToParsableString();

    private sealed record Membership(ILocalSiloDetails Silo, IClusterMembershipService Service, CancellationToken Stopping);
}
