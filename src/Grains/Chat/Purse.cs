using NSft.Data.Chat;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Chat;

/// <summary>This silo's side of a job's budget: what its requests cost and may cost. Any thread.</summary>
internal sealed class Purse
{
    private static readonly TimeSpan WaitForOthers = TimeSpan.FromMilliseconds(100);

    private readonly IGrainFactory _grains;
    private readonly string _jobId;
    private readonly string _silo;
    private readonly decimal _budget;
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly WaitingLine<decimal> _line;
    private readonly Lock _lock = new();
    private decimal _settled;
    private decimal _held;
    private (decimal Settled, decimal Held) _told;

    /// <param name="grains">Reaches the job's ledger.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="silo">This silo, in the parsable form.</param>
    /// <param name="settings">Budget and patience.</param>
    /// <param name="time">The clock.</param>
    internal Purse(IGrainFactory grains, string jobId, string silo, ChatSettings settings, TimeProvider time)
    {
        _grains = grains;
        _jobId = jobId;
        _silo = silo;
        _budget = settings.Budget!.Value;
        _line = new WaitingLine<decimal>(AskAsync, HasNews, cost => Settle(cost, 0), time, settings.Patience);
    }

    /// <summary>Waits until the budget has room for a request.</summary>
    /// <exception cref="ChatException">The budget is spent.</exception>
    internal Task ReserveAsync(decimal most, CancellationToken cancellationToken) => _line.EnterAsync(most, cancellationToken);

    /// <summary>A request has ended.</summary>
    /// <param name="most">What it was reserved as.</param>
    /// <param name="cost">What it cost.</param>
    internal void Settle(decimal most, decimal cost)
    {
        lock (_lock)
        {
            _held -= most;
            _settled += cost;
        }

        _line.Tell();
    }

    private async Task<LineReply> AskAsync(IReadOnlyList<decimal> costs)
    {
        SpendingRequest request;
        lock (_lock)
        {
            request = new SpendingRequest(_id, _silo, _budget, _settled, _held, [.. costs]);
        }

        var reply = await _grains.GetGrain<ISpendingGrain>(_jobId).AskAsync(request);
        lock (_lock)
        {
            var granted = costs.Take(reply.Granted).Sum();
            _held += granted;
            _told = (request.Settled, request.Held + granted);
        }

        return new LineReply(reply.Granted, WaitForOthers, IsProbe: false, reply.IsSpent ? Spent(reply, costs[reply.Granted]) : null);
    }

    private ChatException Spent(SpendingReply reply, decimal next) => new(
        ChatFailureKind.BudgetSpent,
        FormattableString.Invariant($"the budget of {_budget:0.######} is spent: {reply.Settled:0.######} went, and the next request may cost {next:0.######}"));

    private bool HasNews()
    {
        lock (_lock)
        {
            return _told != (_settled, _held);
        }
    }
}
