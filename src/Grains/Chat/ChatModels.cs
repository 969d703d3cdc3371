using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NSft.Data.Chat;

namespace NSft.Grains.Chat;

/// <summary>
/// Builds a job's model from its layers, outermost first: stored answers, tries again, one try within budget and pace, the server.
/// </summary>
internal sealed class ChatModels : IChatModels
{
    // Jobs of a silo at a time are few; one that comes back after many others opens anew.
    private const int KeptCount = 16;

    private readonly IGrainFactory _grains;
    private readonly ILocalSiloDetails _silo;
    private readonly IChatOrigin _origin;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly List<(string JobId, ChatSettings Settings, IChatModel Model)> _open = [];

    /// <param name="grains">Reaches gates and ledgers.</param>
    /// <param name="silo">This silo.</param>
    /// <param name="origin">Connects to servers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told of tries that failed; null for nobody.</param>
    public ChatModels(IGrainFactory grains, ILocalSiloDetails silo, IChatOrigin origin, TimeProvider time, ILogger<ChatModels>? logger = null)
    {
        _grains = grains;
        _silo = silo;
        _origin = origin;
        _time = time;
        _logger = logger ?? NullLogger<ChatModels>.Instance;
    }

    /// <inheritdoc/>
    public IChatModel Open(ChatSettings settings, string jobId)
    {
        settings.Validate();
        lock (_lock)
        {
            var known = _open.Find(open => open.JobId == jobId && open.Settings == settings);
            var model = known.Model ?? Build(settings, jobId);
            _open.Remove(known);
            _open.Add((jobId, settings, model));
            if (_open.Count > KeptCount)
            {
                _open.RemoveAt(0);
            }

            return model;
        }
    }

    private StoringChatModel Build(ChatSettings settings, string jobId)
    {
        var purse = settings.Budget is null ? null : new Purse(_grains, jobId, _silo.SiloAddress.ToParsableString(), settings, _time);
        var metered = new MeteredChatModel(_origin.Connect(settings), new EndpointDesk(_grains, settings, _time), purse, settings, _time);
        var store = settings.AnswerDirectory is null ? null : new AnswerStore(settings.AnswerDirectory, settings.KeepText, _logger);
        return new StoringChatModel(new RetryingChatModel(metered, settings.AttemptLimit, _time, _logger), store, settings.BaseUrl);
    }
}
